package io.modelservice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.OnnxFile.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An ONNX file is read before the engine sees it. */
class OnnxFileTest {

  @Test
  void versionsAndExternalDataAreFound() throws Exception {
    var file = OnnxFile.read(TestModels.folder("external").resolve("model.onnx"));
    assertThat(file.irVersion()).isEqualTo(8);
    assertThat(file.opset()).isEqualTo(17);
    assertThat(file.externalData()).containsExactly("weights.bin");
  }

  @ParameterizedTest
  @CsvSource({
    "unknown-domain, ModelUnsupported, com.example",
    "external-outside, ModelInvalid, outside its artifact",
    "external-missing, ArtifactInvalid, absent.bin",
    "corrupt, ModelInvalid, damaged",
    "not-onnx, ModelInvalid, no ONNX file",
  })
  void whatMustNotReachTheEngineIsRefused(String name, Reason reason, String part) {
    var folder = TestModels.folder(name);
    assertThatThrownBy(
            () -> OnnxFile.read(folder.resolve("model.onnx")).check(List.of("model.onnx")))
        .hasMessageContaining(part)
        .asInstanceOf(type(EngineException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void whatAFileSaysDoesNotBreakTheLineOfAMessage() {
    var domain = file(Map.of("a\nb" + "c".repeat(1000), 1L), List.of());
    assertThatThrownBy(() -> domain.check(List.of("model.onnx")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("'a?bccc")
        .hasMessageNotContaining("c".repeat(300));
  }

  @Test
  void aLocationOfWeightsThatIsNoPathIsRefused() {
    var weights = file(Map.of("", 17L), List.of("weights\0.bin"));
    assertThatThrownBy(() -> weights.check(List.of("model.onnx")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("'weights?.bin', which names no file");
  }

  private static OnnxFile file(Map<String, Long> opsets, List<String> externalData) {
    var one = List.of(new Value("x", 1, List.of(1L)));
    return new OnnxFile(8, opsets, one, one, externalData);
  }

  @Property(tries = 500)
  void aDamagedFileIsRefusedOrReadButNeverMore(
      @ForAll @IntRange(max = 2000) int at, @ForAll byte value) throws IOException {
    var bytes = Files.readAllBytes(TestModels.folder("colours").resolve("model.onnx"));
    bytes[at % bytes.length] = value;
    var damaged = Files.createTempFile("damaged", ".onnx");
    try {
      Files.write(damaged, bytes);
      assertThat(OnnxFile.read(damaged).irVersion()).isNotZero();
    } catch (EngineException e) {
      assertThat(e.reason()).isEqualTo(Reason.ModelInvalid);
    } finally {
      Files.delete(damaged);
    }
  }

  @Test
  void aFileThatIsNotThereIsNoModel() {
    assertThatThrownBy(() -> OnnxFile.read(Path.of("absent.onnx")))
        .isInstanceOf(EngineException.class);
  }
}
