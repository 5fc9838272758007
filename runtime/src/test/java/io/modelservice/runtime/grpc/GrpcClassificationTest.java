package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.proto.InferParameter;
import io.modelservice.runtime.grpc.proto.ModelInferRequest;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Triton's classification over gRPC: the best classes come in place of a tensor. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GrpcClassificationTest {
  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();
  private GrpcClient client;

  @BeforeEach
  void serveSimple() throws Exception {
    client = new GrpcClient(server.port());
    pod.serve("simple", PodClient.DEFAULTS);
  }

  @AfterEach
  void leave() {
    client.close();
  }

  @Test
  void typedContentsAreAnsweredWithTypedStrings() {
    var answer = client.infer(best(GrpcClient.simple(0), 2));

    var output = answer.getOutputs(0);
    assertThat(output.getDatatype()).isEqualTo("BYTES");
    assertThat(output.getShapeList()).containsExactly(1L, 2L);
    assertThat(output.getContents().getBytesContentsList())
        .extracting(ByteString::toStringUtf8)
        .containsExactly("16.000000:15", "15.000000:14");
  }

  @Test
  void rawContentsAreAnsweredWithRawStrings() {
    var answer = client.infer(best(GrpcClient.simpleRaw(0), 1));
    assertThat(answer.getRawOutputContents(0).toStringUtf8()).endsWith("16.000000:15");
    assertThat(answer.getRawOutputContents(0).byteAt(0)).isEqualTo((byte) 12);
  }

  @Test
  void classesHaveTheModelsLabels() throws Exception {
    pod.serve("colours", Settings.of(Task.IMAGE_CLASSIFICATION));
    var picture = GrpcClient.one("pixels", "FP32", 1).addAllShape(List.of(3L, 8L, 8L));
    var request =
        GrpcClient.espresso()
            .addInputs(picture)
            .addRawInputContents(ByteString.copyFrom(new byte[3 * 64 * Float.BYTES]))
            .addOutputs(output("logits", GrpcClient.number(1)));
    var answer = client.infer(request.build());
    assertThat(answer.getRawOutputContents(0).toStringUtf8()).endsWith("0.000000:0:red");
  }

  @Test
  void aNumberOfClassesThatIsNoneIsRefused() {
    var request = GrpcClient.simple(0).addOutputs(output("OUTPUT0", GrpcClient.text("2"))).build();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> client.infer(request))
        .withMessageContaining("INVALID_ARGUMENT: parameter classification must be an int64_param");
  }

  private static ModelInferRequest best(ModelInferRequest.Builder request, int count) {
    return request.addOutputs(output("OUTPUT0", GrpcClient.number(count))).build();
  }

  private static InferRequestedOutputTensor.Builder output(String name, InferParameter classes) {
    return InferRequestedOutputTensor.newBuilder()
        .setName(name)
        .putParameters("classification", classes);
  }
}
