package io.modelservice.runtime.task.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.VoiceVectors;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.OrtEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A sound goes in, the segments with speech come out, as an implementation in Python finds them.
 */
class VoiceDetectorTest {
  private static final Path MODEL = TestModels.folder("loudness").resolve("model.onnx");

  @Test
  void everySoundIsHeardAsByTheReference() throws Exception {
    try (var model = new OrtEngine().load(MODEL, Execution.single());
        var workspace = model.newWorkspace()) {
      var detector = VoiceDetector.of(model.signature());
      for (var expected : VoiceVectors.sounds()) {
        var wav = VoiceVectors.wav(expected);
        var voice = detector.detect(wav, wav.length, workspace, new Cancel());

        assertThat(voice.window()).isEqualTo(0.032);
        assertThat(voice.probabilities()).hasSameSizeAs(expected.get("probabilities"));
        for (var i = 0; i < voice.probabilities().size(); i++) {
          assertThat(voice.probabilities().get(i))
              .as("%s, window %d", expected.get("name"), i)
              .isCloseTo((float) expected.get("probabilities").get(i).asDouble(), within(1e-4f));
        }
        assertThat(voice.segments()).hasSameSizeAs(expected.get("segments"));
        for (var i = 0; i < voice.segments().size(); i++) {
          var segment = expected.get("segments").get(i);
          assertThat(voice.segments().get(i).start())
              .isCloseTo(segment.get("start").asDouble(), within(1e-6));
          assertThat(voice.segments().get(i).end())
              .isCloseTo(segment.get("end").asDouble(), within(1e-6));
        }
      }
    }
  }

  @Test
  void nothingIsLeftOfTheRequestBefore() throws Exception {
    var samples = new short[8_000];
    for (var i = 0; i < samples.length; i++) {
      samples[i] = (short) (i % 50 < 25 ? 12_000 : -12_000);
    }
    var wav = WavFileTest.wav(1, 1, 16_000, 16, samples);
    try (var model = new OrtEngine().load(MODEL, Execution.single());
        var workspace = model.newWorkspace()) {
      var detector = VoiceDetector.of(model.signature());
      var first = detector.detect(wav, wav.length, workspace, new Cancel());
      var second = detector.detect(wav, wav.length, workspace, new Cancel());
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void aModelThatHearsNothingIsUnsupported() throws Exception {
    var simple = TestModels.folder("simple").resolve("model.onnx");
    try (var model = new OrtEngine().load(simple, Execution.single())) {
      assertThatThrownBy(() -> VoiceDetector.of(model.signature()))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TaskUnsupported));
    }
  }
}
