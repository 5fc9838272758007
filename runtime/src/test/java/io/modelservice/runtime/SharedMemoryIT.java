package io.modelservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.modelservice.runtime.grpc.GrpcClient;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryStatusRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory is shared with a developer's own machine, and never with whoever reaches a pod. */
class SharedMemoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String REGION = "/v2/systemsharedmemory/region/mine";
  private static final String INFER = "/v2/models/simple/infer";
  private static final String INTO_THE_REGION =
      """
      {"inputs": [
         {"name": "INPUT0", "datatype": "INT32", "shape": [1, 16], "parameters":
           {"shared_memory_region": "mine", "shared_memory_byte_size": 64}},
         {"name": "INPUT1", "datatype": "INT32", "shape": [1, 16], "parameters":
           {"shared_memory_region": "mine", "shared_memory_byte_size": 64, "shared_memory_offset": 64}}],
       "outputs": [
         {"name": "OUTPUT0", "parameters":
           {"shared_memory_region": "mine", "shared_memory_byte_size": 64, "shared_memory_offset": 128}}]}
      """;

  private final int port;
  private final String grpc;
  private final String state;

  SharedMemoryIT() throws Exception {
    port = Program.freePort();
    grpc = "" + Program.freePort();
    state = "" + Program.freePort();
  }

  @Test
  void aClientOnTheSameMachineSharesItsMemory() throws Exception {
    var folder = TestModels.folder("simple").toString();
    String[] serve = {
      "serve", folder, "--port", "" + port, "--grpc-port", grpc, "--state-port", state
    };
    try (var program = Program.start(List.of(), serve);
        var object = SharedObject.ofSimple(Path.of("/dev/shm"))) {
      await().atMost(PATIENCE).until(() -> program.status(port, "/v2/models/simple") == 200);
      var region = "{\"key\": \"%s\", \"byte_size\": 256}".formatted(object.key());
      assertThat(program.post(port, REGION + "/register", region)).isEqualTo(200);

      assertThat(program.post(port, INFER, INTO_THE_REGION)).isEqualTo(200);
      assertThat(object.numbers(128)).startsWith(1, 2, 3);

      object.truncate(0);
      assertThat(program.post(port, INFER, INTO_THE_REGION)).isEqualTo(400);
      assertThat(program.status(port, "/v2/models/simple")).isEqualTo(200);
    }
  }

  @Test
  void aPodSharesNoneUnlessItIsTold() throws Exception {
    var options =
        List.of(
            "-Dmodelservice.plan.file=target/no-plan.json",
            "-Dmodelservice.artifacts.folder=target/no-artifacts",
            "-Dmodelservice.grpc.port=" + grpc,
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.port=" + state);
    try (var program = Program.start(options);
        var object = SharedObject.ofSimple(Path.of("/dev/shm"))) {
      await().atMost(PATIENCE).until(() -> program.status(port, "/v2") == 200);
      var region = "{\"key\": \"%s\", \"byte_size\": 256}".formatted(object.key());
      assertThat(program.post(port, REGION + "/register", region)).isEqualTo(404);
      await().atMost(PATIENCE).untilAsserted(this::noneOverGrpcEither);
    }
  }

  private void noneOverGrpcEither() {
    try (var client = new GrpcClient(Integer.parseInt(grpc))) {
      var all = SystemSharedMemoryStatusRequest.getDefaultInstance();
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(() -> client.calls().systemSharedMemoryStatus(all))
          .withMessage("UNIMPLEMENTED: this server offers no system shared memory");
    }
  }
}
