package io.modelservice.runtime.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.batching.Batch;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever bytes come, a request is answered or refused with status 400; nothing else happens. */
class RequestFuzzTest {
  private static final String SOUND =
      """
      {"id": "1", "inputs": [
        {"name": "INPUT0", "shape": [1, 16], "datatype": "INT32", "data": [[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]]},
        {"name": "INPUT1", "shape": [1, 16], "datatype": "INT32", "parameters": {"binary_data_size": 64}}],
       "outputs": [{"name": "OUTPUT0", "parameters": {"binary_data": true}}]}
      """;

  private static @Nullable Model model;
  private static @Nullable Workspace workspace;

  @BeforeContainer
  static void load() throws EngineException {
    var loaded =
        new OrtEngine().load(TestModels.folder("simple").resolve("model.onnx"), Execution.single());
    model = loaded;
    workspace = loaded.newWorkspace();
  }

  @AfterContainer
  static void close() {
    if (workspace != null && model != null) {
      workspace.close();
      model.close();
    }
  }

  @Property(tries = 3000)
  void aRequestWithDamagedBytes(@ForAll long seed, @ForAll @IntRange(min = 0, max = 6) int damages)
      throws Exception {
    var random = new Random(seed);
    var bytes = (SOUND + "b".repeat(64)).getBytes(UTF_8);
    for (var damage = 0; damage < damages; damage++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    var length = damages == 0 ? bytes.length : bytes.length - random.nextInt(3);
    answeredOrRefused(bytes, length, SOUND.length());
  }

  @Property(tries = 2000)
  void anyBytes(@ForAll byte[] bytes, @ForAll @IntRange(min = -1, max = 40) int header)
      throws Exception {
    answeredOrRefused(bytes, bytes.length, header);
  }

  @Property(tries = 2000)
  void anyJson(@ForAll("json") String json) throws Exception {
    var bytes = json.getBytes(UTF_8);
    answeredOrRefused(bytes, bytes.length, RestInference.ALL_JSON);
  }

  @Provide
  Arbitrary<String> json() {
    var words =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"inputs\"",
            "\"name\"",
            "\"INPUT0\"",
            "\"shape\"",
            "\"data\"",
            "\"datatype\"",
            "\"INT32\"",
            "\"BYTES\"",
            "1",
            "16",
            "-1",
            "1e999",
            "true",
            "null",
            "\"parameters\"",
            "\"binary_data_size\"",
            "\"shared_memory_region\"",
            "\"shared_memory_byte_size\"",
            "\"outputs\"",
            "\"id\"");
    return words.list().ofMaxSize(40).map(list -> "{\"inputs\":[" + String.join("", list));
  }

  private static void answeredOrRefused(byte[] bytes, int length, int header) throws Exception {
    if (model == null || workspace == null) {
      throw new IllegalStateException("not loaded");
    }
    var target = new Target("simple", "1", model.signature(), List.of());
    try {
      var body = new Body(bytes, length);
      var request =
          new RestInference(body, header, target, new SharedMemory.Off(), new Stopwatch());
      var answer = Batch.alone(request.read(), workspace, new Cancel());
      assertThat(answer.bytes()).isNotEmpty();
    } catch (RequestException e) {
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.line()).isNotBlank().doesNotContain("\n");
    }
  }
}
