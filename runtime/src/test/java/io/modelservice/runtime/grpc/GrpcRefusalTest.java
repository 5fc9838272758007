package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.proto.InferTensorContents;
import io.modelservice.runtime.grpc.proto.ModelInferRequest;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferInputTensor;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad requests get a status and one line that says why, and the pod goes on answering. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GrpcRefusalTest {
  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();
  private GrpcClient client;

  @BeforeEach
  void serveSimple() throws Exception {
    client = new GrpcClient(server.port());
    pod.serve("simple", PodClient.DEFAULTS);
  }

  @AfterEach
  void thePodStillAnswers() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
    assertThat(client.infer(GrpcClient.simple(0).build()).getOutputsCount()).isEqualTo(2);
    client.close();
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        first("has no input 'INPUT9'; it has INPUT0", input -> input.setName("INPUT9")),
        first("input 'INPUT1' is given twice", input -> input.setName("INPUT1")),
        first("input 'INPUT0' is INT32, not FP32", input -> input.setDatatype("FP32")),
        first("'FLOAT' is not a datatype", input -> input.setDatatype("FLOAT")),
        first("has the shape [-1, 16], not [1, 15]", input -> input.setShape(1, 15)),
        first("negative dimension", input -> input.setShape(0, -1)),
        first("16 elements in int_contents, its shape [2, 16] says 32", in -> in.setShape(0, 2)),
        first("too many elements", input -> input.setShape(0, 1L << 60)),
        first("its elements belong in int_contents", GrpcRefusalTest::inTheWrongField),
        request("input 'INPUT1' is missing", request -> request.removeInputs(1)),
        request("no output 'X'; it has", request -> request.addOutputs(output("X"))),
        request("both contents and raw_input_contents", GrpcRefusalTest::addRaw),
        request(
            "2 inputs and 1 raw_input_contents",
            request -> {
              request.getInputsBuilderList().forEach(InferInputTensor.Builder::clearContents);
              addRaw(request);
            }),
        request(
            "takes 64 bytes, not 4",
            request -> {
              request.getInputsBuilderList().forEach(InferInputTensor.Builder::clearContents);
              addRaw(request);
              addRaw(request);
            }));
  }

  private static Arguments first(String reason, Consumer<InferInputTensor.Builder> damage) {
    return request(reason, request -> damage.accept(request.getInputsBuilder(0)));
  }

  private static Arguments request(String reason, Consumer<ModelInferRequest.Builder> damage) {
    var request = GrpcClient.simple(0);
    damage.accept(request);
    return Arguments.of(reason, request.build());
  }

  private static void inTheWrongField(InferInputTensor.Builder input) {
    input.getContentsBuilder().clear().addInt64Contents(1);
  }

  private static InferRequestedOutputTensor output(String name) {
    return InferRequestedOutputTensor.newBuilder().setName(name).build();
  }

  private static void addRaw(ModelInferRequest.Builder request) {
    request.addRawInputContents(ByteString.copyFrom(new byte[4]));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isRefusedWithOneLine(String reason, ModelInferRequest request) {
    assertRefused(request, Code.INVALID_ARGUMENT, reason);
  }

  @Test
  void anElementBeyondItsDatatypeIsRefused() throws Exception {
    pod.serve("identity-int8", PodClient.DEFAULTS);
    var input =
        GrpcClient.one("in", "INT8", 1)
            .setContents(InferTensorContents.newBuilder().addIntContents(128));
    assertRefused(
        GrpcClient.espresso().addInputs(input).build(),
        Code.INVALID_ARGUMENT,
        "out of the range of INT8");
  }

  @Test
  void aStringThatIsNotUtf8IsRefused() throws Exception {
    pod.serve("identity-bytes", PodClient.DEFAULTS);
    var damaged = ByteString.copyFrom(new byte[] {(byte) 0xC3, 0x28});
    var input =
        GrpcClient.one("in", "BYTES", 1)
            .setContents(InferTensorContents.newBuilder().addBytesContents(damaged));
    assertRefused(
        GrpcClient.espresso().addInputs(input).build(), Code.INVALID_ARGUMENT, "not UTF-8");
  }

  @Test
  void aTimeoutThatIsNoNumberIsRefused() {
    var request = GrpcClient.simple(0).putParameters("timeout", GrpcClient.text("2s")).build();
    assertRefused(request, Code.INVALID_ARGUMENT, "timeout must be an int64_param");
  }

  @Test
  void aPriorityThatIsNoNumberIsRefused() {
    var request = GrpcClient.simple(0).putParameters("priority", GrpcClient.text("high")).build();
    assertRefused(request, Code.INVALID_ARGUMENT, "priority must be an int64_param");
  }

  @Test
  void anotherModelIsNotHere() {
    var request = GrpcClient.simple(0).setModelName("latte").build();
    assertRefused(request, Code.NOT_FOUND, "no model 'latte' here; there is 'espresso'");
  }

  @Test
  void aMessageThatIsTooLargeIsRefused() {
    var request =
        GrpcClient.simpleRaw(0).addRawInputContents(ByteString.copyFrom(new byte[5 << 20])).build();
    assertThat(client.refusal(request).getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aMessageThatUnpacksToTooMuchIsRefused() {
    var request =
        GrpcClient.simpleRaw(0).addRawInputContents(ByteString.copyFrom(new byte[5 << 20])).build();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> client.calls().withCompression("gzip").modelInfer(request))
        .extracting(refused -> refused.getStatus().getCode())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  private void assertRefused(ModelInferRequest request, Code code, String reason) {
    var status = client.refusal(request).getStatus();
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).contains(reason).doesNotContain("\n");
  }
}
