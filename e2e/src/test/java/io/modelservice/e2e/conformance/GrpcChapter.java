package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import io.modelservice.e2e.conformance.wire.InferParameter;
import io.modelservice.e2e.conformance.wire.ModelInferRequest;
import io.modelservice.e2e.conformance.wire.ModelMetadataRequest;
import io.modelservice.e2e.conformance.wire.ModelMetadataResponse;
import io.modelservice.e2e.conformance.wire.ModelMetadataResponse.TensorMetadata;
import io.modelservice.e2e.conformance.wire.ModelReadyRequest;
import io.modelservice.e2e.conformance.wire.ServerLiveRequest;
import io.modelservice.e2e.conformance.wire.ServerMetadataRequest;
import io.modelservice.e2e.conformance.wire.ServerReadyRequest;
import java.util.List;

/** The six calls of the Open Inference Protocol over gRPC, answered with success. */
final class GrpcChapter {
  private final Grpc grpc;
  private final SimpleModel model;
  private final GrpcMessages messages;

  GrpcChapter(Grpc grpc, SimpleModel model) {
    this.grpc = grpc;
    this.model = model;
    this.messages = new GrpcMessages(model);
  }

  Chapter chapter() {
    return new Chapter(
        "grpc",
        List.of(
            Check.required("ServerLive", this::live),
            Check.required("ServerReady", this::ready),
            Check.required("ServerMetadata", this::serverMetadata),
            Check.required("ModelReady", this::modelReady),
            Check.required("ModelMetadata: the name", this::modelMetadata),
            Check.required("ModelMetadata: inputs and outputs", this::tensors),
            Check.required("ModelInfer with typed contents", () -> verified(messages.typed())),
            Check.required("ModelInfer with raw contents", () -> verified(messages.raw())),
            Check.required("the id comes back", this::id),
            Check.required("one output, if only one is wished for", this::selection),
            Check.required("unknown parameters are ignored", this::parameters),
            new Check(
                new Level.Unannounced("versions"), "a listed version answers", this::version)));
  }

  private void live() {
    var answer = grpc.service().serverLive(ServerLiveRequest.getDefaultInstance());
    unless(answer.getLive(), "live is false");
  }

  private void ready() {
    var answer = grpc.service().serverReady(ServerReadyRequest.getDefaultInstance());
    unless(answer.getReady(), "ready is false");
  }

  private void serverMetadata() {
    var server = grpc.service().serverMetadata(ServerMetadataRequest.getDefaultInstance());
    unless(!server.getName().isBlank(), "name is empty");
    unless(!server.getVersion().isBlank(), "version is empty");
  }

  private void modelReady() {
    var request = ModelReadyRequest.newBuilder().setName(model.name()).build();
    unless(grpc.service().modelReady(request).getReady(), "ready is false");
  }

  private ModelMetadataResponse metadata() {
    var request = ModelMetadataRequest.newBuilder().setName(model.name()).build();
    return grpc.service().modelMetadata(request);
  }

  private void modelMetadata() {
    expect("name", model.name(), metadata().getName());
  }

  private void tensors() {
    var metadata = metadata();
    verify(SimpleModel.INPUTS, metadata.getInputsList());
    verify(SimpleModel.OUTPUTS, metadata.getOutputsList());
  }

  private static void verify(List<String> names, List<TensorMetadata> tensors) {
    expect("the names", names, tensors.stream().map(TensorMetadata::getName).toList());
    for (var tensor : tensors) {
      expect("datatype", "INT32", tensor.getDatatype());
      expect("shape", List.of(-1L, (long) SimpleModel.ROW), tensor.getShapeList());
    }
  }

  private void verified(ModelInferRequest.Builder request) {
    messages.verify(grpc.service().modelInfer(request.build()));
  }

  private void id() {
    var answer = grpc.service().modelInfer(messages.raw().setId("a request of mine").build());
    expect("id", "a request of mine", answer.getId());
  }

  private void selection() {
    var request = messages.raw().addOutputs(GrpcMessages.wish("OUTPUT1")).build();
    messages.verify(grpc.service().modelInfer(request), List.of("OUTPUT1"));
  }

  private void parameters() {
    var word = InferParameter.newBuilder().setStringParam("unheard of").build();
    var number = InferParameter.newBuilder().setInt64Param(3).build();
    verified(messages.raw().putParameters("a_word", word).putParameters("a_number", number));
  }

  private void version() {
    var versions = metadata().getVersionsList();
    if (versions.isEmpty()) {
      throw new NotOfferedException("the model's metadata lists no version");
    }
    verified(messages.raw().setModelVersion(versions.getFirst()));
  }
}
