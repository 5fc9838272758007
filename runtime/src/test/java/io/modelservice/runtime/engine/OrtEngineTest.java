package io.modelservice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.tensor.Datatype;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime behind the narrow interface: real models, every datatype, every refusal. */
class OrtEngineTest {
  private final OrtEngine engine = new OrtEngine();

  private Model load(String name) throws EngineException {
    return engine.load(TestModels.folder(name).resolve("model.onnx"), Execution.single());
  }

  @ParameterizedTest
  @EnumSource(value = Datatype.class, mode = EnumSource.Mode.EXCLUDE, names = "BYTES")
  void everyDatatypePassesUnchanged(Datatype datatype) throws Exception {
    try (var model = load("identity-" + datatype.name().toLowerCase(Locale.ROOT));
        var workspace = model.newWorkspace()) {
      var sent = new byte[5 * datatype.size()];
      new Random(1).nextBytes(sent);
      if (datatype == Datatype.BOOL) {
        sent = new byte[] {1, 0, 1, 1, 0};
      }
      workspace.input(0, List.of(5L)).put(sent);

      var output = (Output.Fixed) workspace.run(List.of(0), new Cancel()).getFirst();

      assertThat(output.spec().datatype()).isEqualTo(datatype);
      assertThat(output.shape()).containsExactly(5L);
      assertThat(bytes(output.data())).isEqualTo(sent);
    }
  }

  @Test
  void stringsPassUnchanged() throws Exception {
    try (var model = load("identity-bytes");
        var workspace = model.newWorkspace()) {
      workspace.strings(0, List.of(3L), new String[] {"espresso", "", "caffè"});
      var output = (Output.Strings) workspace.run(List.of(0), new Cancel()).getFirst();
      assertThat(output.elements()).containsExactly("espresso", "", "caffè");
    }
  }

  @Test
  void anOutputWhoseSizeDependsOnTheDataHasItsRealShape() throws Exception {
    try (var model = load("nonzero");
        var workspace = model.newWorkspace()) {
      workspace.input(0, List.of(4L)).putFloat(1).putFloat(0).putFloat(2).putFloat(3);
      var output = (Output.Fixed) workspace.run(List.of(0), new Cancel()).getFirst();
      assertThat(output.shape()).containsExactly(1L, 3L);
    }
  }

  @Test
  void aModelThatBreaksThePromiseOfItsDimensionsStillAnswersRightly() throws Exception {
    try (var model = load("liar");
        var workspace = model.newWorkspace()) {
      for (var run = 0; run < 2; run++) {
        workspace.input(0, List.of(2L)).putFloat(1).putFloat(2);
        var output = (Output.Fixed) workspace.run(List.of(0), new Cancel()).getFirst();
        assertThat(output.shape()).containsExactly(4L);
        assertThat(output.data().getFloat(8)).isEqualTo(1f);
      }
    }
  }

  @Test
  void sizesMayChangeFromRunToRun() throws Exception {
    try (var model = load("simple");
        var workspace = model.newWorkspace()) {
      for (var batch : new long[] {1, 3, 1, 0, 2}) {
        for (var input = 0; input < 2; input++) {
          var memory = workspace.input(input, List.of(batch, 16L));
          while (memory.hasRemaining()) {
            memory.putInt(7);
          }
        }
        var outputs = workspace.run(List.of(1, 0), new Cancel());
        assertThat(outputs.getFirst().spec().name()).isEqualTo("OUTPUT1");
        assertThat(outputs.getLast().shape()).containsExactly(batch, 16L);
        var sum = ((Output.Fixed) outputs.getLast()).data();
        assertThat(sum.remaining()).isEqualTo((int) batch * 64);
        if (batch > 0) {
          assertThat(sum.getInt()).isEqualTo(14);
        }
      }
    }
  }

  @Test
  void weightsMayLieInAFileOfTheirOwn() throws Exception {
    try (var model = load("external");
        var workspace = model.newWorkspace()) {
      WarmUp.run(model.signature(), workspace);
      var output = (Output.Fixed) workspace.run(List.of(0), new Cancel()).getFirst();
      assertThat(output.data().getFloat(12)).isEqualTo(3f);
    }
  }

  @Test
  void aRunEndsSoonAfterItIsCancelled() throws Exception {
    try (var model = load("slow");
        var workspace = model.newWorkspace()) {
      workspace.input(0, List.of(1L)).putLong(1_000_000);
      var cancel = new Cancel();
      var timer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                    cancel.request();
                  });

      assertThatThrownBy(() -> workspace.run(List.of(0), cancel))
          .isInstanceOf(EngineException.class);

      timer.join();
      workspace.input(0, List.of(1L)).putLong(1);
      assertThat(workspace.run(List.of(0), new Cancel())).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unknown-operator, ModelUnsupported, No Op registered for Telepathy",
    "unknown-opset, ModelUnsupported, Opset 99",
    "float8, ModelUnsupported, FLOAT8E4M3FN",
    "corrupt, ModelInvalid, model.onnx",
    "not-onnx, ModelInvalid, model.onnx",
  })
  void whatCannotBeServedIsNamed(String name, Reason reason, String part) {
    assertThatThrownBy(() -> load(name).close())
        .hasMessageContaining(part)
        .hasMessageNotContaining(TestModels.folder(name).toString())
        .asInstanceOf(type(EngineException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void withoutADeviceAutoIsTheCpu() throws Exception {
    var anywhere = new Execution(ExecutionProvider.Auto, 1);
    try (var model = engine.load(TestModels.folder("simple").resolve("model.onnx"), anywhere)) {
      assertThat(model.provider()).isEqualTo(ExecutionProvider.CPU);
    }
  }

  @Test
  void aGpuThatIsAskedForIsNotReplacedByTheCpu() {
    var gpu = new Execution(ExecutionProvider.CUDA, 1);
    assertThatThrownBy(
            () -> engine.load(TestModels.folder("simple").resolve("model.onnx"), gpu).close())
        .asInstanceOf(type(EngineException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ProviderUnavailable));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
