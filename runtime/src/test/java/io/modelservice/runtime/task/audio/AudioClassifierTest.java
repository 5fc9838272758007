package io.modelservice.runtime.task.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.protocol.RequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A sound goes in, labels come out, as an implementation in Python scores them. */
class AudioClassifierTest {
  private static final Path FOLDER = TestModels.folder("hum-or-hiss");

  @Test
  void everySoundIsLabelledAsByTheReference() throws Exception {
    var vectors =
        new ObjectMapper().readTree(Files.readAllBytes(Path.of("src/test/vectors/labels.json")));
    try (var model = new OrtEngine().load(FOLDER.resolve("model.onnx"), Execution.single());
        var workspace = model.newWorkspace();
        var classifier = AudioClassifier.of(FOLDER, model.signature())) {
      for (var expected : vectors.get("sounds")) {
        var wav = Base64.getDecoder().decode(expected.get("wav").asText());
        var scores = classifier.classify(wav, wav.length, workspace, new Cancel());

        assertThat(scores).hasSize(expected.get("scores").size());
        assertThat(scores.get(0).score()).isGreaterThanOrEqualTo(scores.get(1).score());
        for (var score : scores) {
          var wanted = (float) expected.get("scores").get(score.label()).asDouble();
          assertThat(score.score()).as(score.label()).isCloseTo(wanted, within(1e-4f));
        }
      }
    }
  }

  @Test
  void aSoundThatIsTooLongIsRefused() throws Exception {
    var wav = WavFileTest.wav(1, 1, 8_000, 16, new short[8_000 * 60 + 1]);
    try (var model = new OrtEngine().load(FOLDER.resolve("model.onnx"), Execution.single());
        var workspace = model.newWorkspace();
        var classifier = AudioClassifier.of(FOLDER, model.signature())) {
      assertThatThrownBy(() -> classifier.classify(wav, wav.length, workspace, new Cancel()))
          .isInstanceOf(RequestException.class)
          .hasMessageContaining("60 seconds");
    }
  }

  @Test
  void aModelThatTakesNoSamplesIsUnsupported() throws Exception {
    var simple = TestModels.folder("simple").resolve("model.onnx");
    try (var model = new OrtEngine().load(simple, Execution.single())) {
      assertThatThrownBy(() -> AudioClassifier.of(FOLDER, model.signature()))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TaskUnsupported));
    }
  }
}
