package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc;
import io.modelservice.runtime.grpc.proto.InferParameter;
import io.modelservice.runtime.grpc.proto.InferTensorContents;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inference over gRPC, with typed and with raw contents. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GrpcInferTest {
  private static final Metadata.Key<String> REVISION =
      Metadata.Key.of("x-modelservice-revision", Metadata.ASCII_STRING_MARSHALLER);

  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();
  private GrpcClient client;
  private String revision = "";

  @BeforeEach
  void serveSimple() throws Exception {
    client = new GrpcClient(server.port());
    revision = pod.serve("simple", PodClient.DEFAULTS);
  }

  @AfterEach
  void leave() {
    client.close();
  }

  @Test
  void typedContentsAreAnsweredInTypedContents() {
    var answer = client.infer(GrpcClient.simple(7).setId("42").build());

    assertThat(answer.getModelName()).isEqualTo("espresso");
    assertThat(answer.getModelVersion()).isEqualTo(revision);
    assertThat(answer.getId()).isEqualTo("42");
    assertThat(answer.getRawOutputContentsCount()).isZero();
    assertThat(answer.getOutputs(0).getName()).isEqualTo("OUTPUT0");
    assertThat(answer.getOutputs(0).getDatatype()).isEqualTo("INT32");
    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(1L, 16L);
    assertThat(answer.getOutputs(0).getContents().getIntContentsList()).startsWith(8, 9, 10);
    assertThat(answer.getOutputs(1).getContents().getIntContentsList()).startsWith(6, 7, 8);
  }

  @Test
  void rawContentsAreAnsweredInRawContents() {
    var answer = client.infer(GrpcClient.simpleRaw(7).build());

    assertThat(answer.getRawOutputContentsCount()).isEqualTo(2);
    assertThat(answer.getOutputs(0).hasContents()).isFalse();
    assertThat(GrpcClient.ints(answer.getRawOutputContents(0))).hasSize(16).startsWith(8, 9, 10);
    assertThat(GrpcClient.ints(answer.getRawOutputContents(1))).hasSize(16).startsWith(6, 7, 8);
  }

  @Test
  void onlyTheWantedOutputComesBack() {
    var wanted = InferRequestedOutputTensor.newBuilder().setName("OUTPUT1");
    var answer = client.infer(GrpcClient.simpleRaw(0).addOutputs(wanted).build());

    assertThat(answer.getOutputsList()).singleElement().extracting("name").isEqualTo("OUTPUT1");
    assertThat(GrpcClient.ints(answer.getRawOutputContents(0))).startsWith(-1, 0, 1);
  }

  @Test
  void parametersThatNobodyKnowsAreLeftAlone() {
    var unknown = InferParameter.newBuilder().setStringParam("moon").build();
    var request = GrpcClient.simple(0).putParameters("phase", unknown);
    assertThat(client.infer(request.build()).getOutputsCount()).isEqualTo(2);
  }

  @Test
  void theVersionIsTheRevision() {
    var named = client.infer(GrpcClient.simple(0).setModelVersion(revision).build());
    assertThat(named.getModelVersion()).isEqualTo(revision);
    var other = client.refusal(GrpcClient.simple(0).setModelVersion("ffffffffff").build());
    assertThat(other.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(other.getStatus().getDescription()).contains("ffffffffff", revision);
  }

  @Test
  void theHeadersNameTheRevision() {
    var headers = new AtomicReference<Metadata>();
    var trailers = new AtomicReference<Metadata>();
    var capture = MetadataUtils.newCaptureMetadataInterceptor(headers, trailers);
    var channel = ClientInterceptors.intercept(client.channel(), capture);
    GRPCInferenceServiceGrpc.newBlockingStub(channel).modelInfer(GrpcClient.simple(0).build());
    assertThat(headers.get().get(REVISION)).isEqualTo(revision);
  }

  static Stream<Arguments> typed() {
    return Stream.of(
        typed("bool", contents().addAllBoolContents(List.of(true, false, true)), 3),
        typed("uint8", contents().addAllUintContents(List.of(0, 255)), 2),
        typed("uint16", contents().addAllUintContents(List.of(0, 65_535)), 2),
        typed("uint32", contents().addAllUintContents(List.of(0, -1)), 2),
        typed("uint64", contents().addAllUint64Contents(List.of(0L, -1L)), 2),
        typed("int8", contents().addAllIntContents(List.of(-128, 127)), 2),
        typed("int16", contents().addAllIntContents(List.of(-32_768, 32_767)), 2),
        typed("int32", contents().addAllIntContents(List.of(Integer.MIN_VALUE, -1)), 2),
        typed("int64", contents().addAllInt64Contents(List.of(Long.MIN_VALUE, Long.MAX_VALUE)), 2),
        typed("fp32", contents().addAllFp32Contents(List.of(0.1f, Float.NaN, -1e38f)), 3),
        typed("fp64", contents().addAllFp64Contents(List.of(0.1, Double.MAX_VALUE)), 2),
        typed("bytes", contents().addBytesContents(text("caffè")).addBytesContents(text("")), 2));
  }

  private static Arguments typed(String model, InferTensorContents.Builder contents, int count) {
    return Arguments.of(model, contents.build(), count);
  }

  private static InferTensorContents.Builder contents() {
    return InferTensorContents.newBuilder();
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }

  @ParameterizedTest
  @MethodSource("typed")
  void elementsComeBackAsTheyWereSent(String datatype, InferTensorContents contents, int count)
      throws Exception {
    pod.serve("identity-" + datatype, PodClient.DEFAULTS);
    var input = GrpcClient.one("in", datatype.toUpperCase(Locale.ROOT), count);
    var request = GrpcClient.espresso().addInputs(input.setContents(contents)).build();
    assertThat(client.infer(request).getOutputs(0).getContents()).isEqualTo(contents);
  }

  @Test
  void halfPrecisionIsRaw() throws Exception {
    pod.serve("identity-bf16", PodClient.DEFAULTS);
    var half = GrpcClient.one("in", "BF16", 2);
    var bytes = ByteString.copyFrom(new byte[] {1, 2, 3, 4});
    var raw = GrpcClient.espresso().addInputs(half).addRawInputContents(bytes).build();
    var typed =
        GrpcClient.espresso()
            .addInputs(half.setContents(contents().addFp32Contents(1).addFp32Contents(2)))
            .build();

    assertThat(client.infer(raw).getRawOutputContents(0)).isEqualTo(bytes);
    assertThat(client.refusal(typed).getStatus().getDescription()).contains("raw_input_contents");
  }

  @Test
  void rawStringsHaveTheirLengthsBeforeThem() throws Exception {
    pod.serve("identity-bytes", PodClient.DEFAULTS);
    var strings = ByteString.copyFrom(new byte[] {2, 0, 0, 0, 'a', 'b', 1, 0, 0, 0, 'c'});
    var request =
        GrpcClient.espresso()
            .addInputs(GrpcClient.one("in", "BYTES", 2))
            .addRawInputContents(strings);
    assertThat(client.infer(request.build()).getRawOutputContents(0)).isEqualTo(strings);
  }

  @Test
  void aCompressedRequestIsUnderstood() {
    var answer = client.calls().withCompression("gzip").modelInfer(GrpcClient.simple(3).build());
    assertThat(answer.getOutputs(0).getContents().getIntContents(0)).isEqualTo(4);
  }
}
