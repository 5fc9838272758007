package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that are no request, sent to the port as if they were. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GrpcFuzzTest {
  private static final int MESSAGES = 500;

  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();

  @Test
  void randomBytesAreRefusedAndThePodAnswersOn() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
    var random = new Random(20_260_101);
    var codes = EnumSet.noneOf(Code.class);
    try (var client = new GrpcClient(server.port())) {
      for (var i = 0; i < MESSAGES; i++) {
        var bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        codes.add(send(client, bytes));
      }
      assertThat(codes).isSubsetOf(Code.INVALID_ARGUMENT, Code.NOT_FOUND);
      assertThat(client.infer(GrpcClient.simple(0).build()).getOutputsCount()).isEqualTo(2);
    }
  }

  private static Code send(GrpcClient client, byte[] bytes) {
    var infer = GRPCInferenceServiceGrpc.getModelInferMethod();
    var method = infer.toBuilder(new Verbatim(), infer.getResponseMarshaller()).build();
    try {
      ClientCalls.blockingUnaryCall(client.channel(), method, CallOptions.DEFAULT, bytes);
      return Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private static final class Verbatim implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("nothing is received");
    }
  }
}
