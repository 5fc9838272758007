package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.SharedObject;
import io.modelservice.runtime.grpc.proto.InferParameter;
import io.modelservice.runtime.grpc.proto.ModelInferRequest;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferInputTensor;
import io.modelservice.runtime.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.modelservice.runtime.grpc.proto.ServerMetadataRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryRegisterRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryStatusRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryUnregisterRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tensors that lie in shared memory and do not travel, over gRPC. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GrpcSharedMemoryTest {
  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();
  private GrpcClient client;
  private SharedObject object;

  @BeforeEach
  void register() throws Exception {
    client = new GrpcClient(server.port());
    pod.serve("simple", PodClient.DEFAULTS);
    object = SharedObject.ofSimple(SharedObject.OF_THE_POD);
    register("mine", 256);
  }

  @AfterEach
  void leave() throws Exception {
    unregister("");
    object.close();
    client.close();
  }

  @Test
  void theServerAnnouncesIt() {
    var metadata = client.calls().serverMetadata(ServerMetadataRequest.getDefaultInstance());
    assertThat(metadata.getExtensionsList()).contains("system_shared_memory");
  }

  @Test
  void registeredRegionsHaveAStatus() {
    register("other", 8);
    assertThat(status("")).containsOnlyKeys("mine", "other");
    assertThat(status("mine")).isEqualTo(Map.of("mine", 256L));
    assertRefused(Code.NOT_FOUND, "no shared memory region 'moon'", () -> status("moon"));
  }

  @Test
  void inputsComeFromARegion() {
    var answer = client.infer(inputs().build());

    assertThat(GrpcClient.ints(answer.getRawOutputContents(0))).startsWith(1, 2, 3);
    assertThat(GrpcClient.ints(answer.getRawOutputContents(1))).startsWith(-1, 0, 1);
  }

  @Test
  void oneInputMayTravelAndAnotherNot() {
    var travels = GrpcClient.simpleRaw(0);
    var request =
        GrpcClient.espresso()
            .addInputs(travels.getInputs(0))
            .addInputs(tensor("INPUT1", 64))
            .addRawInputContents(travels.getRawInputContents(0));
    var answer = client.infer(request.build());
    assertThat(GrpcClient.ints(answer.getRawOutputContents(0))).startsWith(1, 2, 3);
  }

  @Test
  void outputsGoIntoARegion() throws Exception {
    var request =
        inputs().addOutputs(wish("OUTPUT1", 128, 64)).addOutputs(named("OUTPUT0")).build();

    var answer = client.infer(request);

    assertThat(object.numbers(128)).startsWith(-1, 0, 1);
    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(1L, 16L);
    assertThat(answer.getOutputs(0).getParametersMap())
        .isEqualTo(GrpcClient.place("mine", 128, 64));
    assertThat(answer.getRawOutputContents(0).size()).isZero();
    assertThat(GrpcClient.ints(answer.getRawOutputContents(1))).startsWith(1, 2, 3);
  }

  @Test
  void typedContentsAreAnsweredInARegionToo() throws Exception {
    var request = GrpcClient.simple(0).addOutputs(wish("OUTPUT1", 128, 64));
    var answer = client.infer(request.addOutputs(named("OUTPUT0")).build());

    assertThat(object.numbers(128)).startsWith(-1, 0, 1);
    assertThat(answer.getOutputs(0).hasContents()).isFalse();
    assertThat(answer.getOutputs(1).getContents().getIntContentsList()).startsWith(1, 2, 3);
    assertThat(answer.getRawOutputContentsCount()).isZero();
  }

  @Test
  void placesThatAreNoneAreRefused() {
    assertRefused("does not hold 64 bytes at offset 200", tensor("INPUT0", 200).build());
    assertRefused(
        "no shared memory region 'moon'", with("shared_memory_region", GrpcClient.text("moon")));
    assertRefused(
        "shared_memory_region must be a string",
        with("shared_memory_region", GrpcClient.number(1)));
    assertRefused("must be an int64_param", with("shared_memory_offset", GrpcClient.text("1")));
    assertRefused(
        "must be an int64_param", with("shared_memory_byte_size", GrpcClient.number(-64)));
    assertRefused("takes 64 bytes, not 60", with("shared_memory_byte_size", GrpcClient.number(60)));
    assertRefused(
        "but no shared_memory_byte_size",
        tensor("INPUT0", 0).removeParameters("shared_memory_byte_size").build());
    assertRefused(
        "both contents and shared_memory_region",
        tensor("INPUT0", 0).setContents(GrpcClient.simple(0).getInputs(0).getContents()).build());
  }

  @Test
  void outputsThatDoNotFitAreRefused() {
    assertRefused(
        Code.INVALID_ARGUMENT,
        "its place in shared memory has only 60",
        () -> client.infer(inputs().addOutputs(wish("OUTPUT0", 128, 60)).build()));
    var classes =
        wish("OUTPUT0", 128, 64).toBuilder().putParameters("classification", GrpcClient.number(1));
    assertRefused(
        Code.INVALID_ARGUMENT,
        "both classification and shared_memory_region",
        () -> client.infer(inputs().addOutputs(classes).build()));
  }

  @Test
  void oneRawContentsForEachInputThatTravels() {
    var request = inputs().addRawInputContents(ByteString.copyFrom(new byte[64])).build();
    assertRefused(
        Code.INVALID_ARGUMENT,
        "0 inputs and 1 raw_input_contents: send one for each input that is not in shared memory",
        () -> client.infer(request));
  }

  @Test
  void anObjectThatItsClientTruncatesHarmsThatClientAlone() throws Exception {
    object.truncate(100);
    assertRefused(
        Code.INVALID_ARGUMENT,
        "is shorter than when it was registered",
        () -> client.infer(inputs().build()));
    assertThat(client.infer(GrpcClient.simple(0).build()).getOutputsCount()).isEqualTo(2);
  }

  @Test
  void anUnregisteredRegionIsGone() {
    unregister("mine");
    assertThat(status("")).isEmpty();
    assertRefused(
        Code.INVALID_ARGUMENT,
        "there is no shared memory region 'mine'",
        () -> client.infer(inputs().build()));
  }

  @Test
  void regionsThatCannotBeAreRefused() {
    assertRefused(Code.ALREADY_EXISTS, "'mine' is registered already", () -> register("mine", 256));
    assertRefused(Code.INVALID_ARGUMENT, "too few for 257 bytes", () -> register("other", 257));
    assertRefused(Code.INVALID_ARGUMENT, "at least 1", () -> register("other", -1));
  }

  private void register(String name, long byteSize) {
    var request =
        SystemSharedMemoryRegisterRequest.newBuilder()
            .setName(name)
            .setKey(object.key())
            .setByteSize(byteSize);
    var _ = client.calls().systemSharedMemoryRegister(request.build());
  }

  private void unregister(String name) {
    var request = SystemSharedMemoryUnregisterRequest.newBuilder().setName(name).build();
    var _ = client.calls().systemSharedMemoryUnregister(request);
  }

  /** Byte sizes by name. */
  private Map<String, Long> status(String name) {
    var request = SystemSharedMemoryStatusRequest.newBuilder().setName(name).build();
    var sizes = new TreeMap<String, Long>();
    client
        .calls()
        .systemSharedMemoryStatus(request)
        .getRegionsMap()
        .forEach((key, region) -> sizes.put(key, region.getByteSize()));
    return sizes;
  }

  private static ModelInferRequest.Builder inputs() {
    return GrpcClient.espresso().addInputs(tensor("INPUT0", 0)).addInputs(tensor("INPUT1", 64));
  }

  private static InferInputTensor.Builder tensor(String name, int offset) {
    return InferInputTensor.newBuilder()
        .setName(name)
        .setDatatype("INT32")
        .addAllShape(List.of(1L, 16L))
        .putAllParameters(GrpcClient.place("mine", offset, 64));
  }

  private static InferInputTensor with(String parameter, InferParameter value) {
    return tensor("INPUT0", 0).putParameters(parameter, value).build();
  }

  private static InferRequestedOutputTensor named(String name) {
    return InferRequestedOutputTensor.newBuilder().setName(name).build();
  }

  private static InferRequestedOutputTensor wish(String name, int offset, int byteSize) {
    return named(name).toBuilder()
        .putAllParameters(GrpcClient.place("mine", offset, byteSize))
        .build();
  }

  private void assertRefused(String why, InferInputTensor first) {
    var request = GrpcClient.espresso().addInputs(first).addInputs(tensor("INPUT1", 64)).build();
    assertRefused(Code.INVALID_ARGUMENT, why, () -> client.infer(request));
  }

  private static void assertRefused(Code code, String why, ThrowingCallable call) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .withMessageContaining(why)
        .satisfies(refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code));
  }
}
