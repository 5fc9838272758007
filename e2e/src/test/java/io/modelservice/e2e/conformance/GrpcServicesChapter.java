package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.List;

/** The services that tools expect of any gRPC server. */
final class GrpcServicesChapter {
  private static final String SERVICE = "inference.GRPCInferenceService";

  private final Grpc grpc;

  GrpcServicesChapter(Grpc grpc) {
    this.grpc = grpc;
  }

  Chapter chapter() {
    return new Chapter(
        "grpc-services",
        List.of(
            new Check(
                new Level.Unannounced("grpc.health.v1"), "the server is SERVING", this::serving),
            new Check(
                new Level.Unannounced("grpc.reflection.v1"), "the service is listed", this::listed),
            new Check(
                new Level.Unannounced("grpc.reflection.v1"), "its file is given", this::file)));
  }

  private void serving() {
    var answer =
        HealthGrpc.newBlockingStub(grpc.channel()).check(HealthCheckRequest.getDefaultInstance());
    expect("status", ServingStatus.SERVING, answer.getStatus());
  }

  private void listed() throws InterruptedException {
    var services =
        reflect(ServerReflectionRequest.newBuilder().setListServices("").build())
            .getListServicesResponse()
            .getServiceList()
            .stream()
            .map(ServiceResponse::getName)
            .toList();
    unless(services.contains(SERVICE), SERVICE + " is not in " + services);
  }

  private void file() throws InterruptedException {
    var request = ServerReflectionRequest.newBuilder().setFileContainingSymbol(SERVICE).build();
    var files = reflect(request).getFileDescriptorResponse().getFileDescriptorProtoCount();
    unless(files > 0, "no file has " + SERVICE);
  }

  private ServerReflectionResponse reflect(ServerReflectionRequest request)
      throws InterruptedException {
    var replies = new Replies<ServerReflectionResponse>();
    var calls = ServerReflectionGrpc.newStub(grpc.channel()).serverReflectionInfo(replies);
    calls.onNext(request);
    var reply = replies.next();
    calls.onCompleted();
    return reply;
  }
}
