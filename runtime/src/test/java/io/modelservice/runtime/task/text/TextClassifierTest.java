package io.modelservice.runtime.task.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.task.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts go in, labels come out, as an implementation in Python scores them. */
class TextClassifierTest {
  @TempDir Path folder;
  private Model model;

  @BeforeEach
  void load() throws Exception {
    for (var file : new String[] {"model.onnx", "tokenizer.json", "config.json"}) {
      Files.copy(TestModels.folder("opinions").resolve(file), folder.resolve(file));
    }
    model = new OrtEngine().load(folder.resolve("model.onnx"), Execution.single());
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void oneLabelOfSeveralIsChosenBySoftmax() throws Exception {
    assertScores("softmax");
  }

  @Test
  void severalLabelsAtOnceAreScoredBySigmoid() throws Exception {
    config("single_label_classification", "multi_label_classification");
    assertScores("sigmoid");
  }

  @Test
  void withoutAProblemTypeSeveralLabelsMeanSoftmax() throws Exception {
    config("\"problem_type\"", "\"unknown\"");
    assertScores("softmax");
  }

  @Test
  void theNumberOfLabelsMustBeThatOfTheClasses() throws IOException {
    Files.writeString(folder.resolve("labels.txt"), "praise\ncomplaint\n");
    assertThatThrownBy(() -> TextClassifier.of(folder, model.signature()))
        .hasMessageContaining("2 labels, the model has 3 classes")
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LabelsMissing));
  }

  /** The library would end the process. */
  @Test
  void aDamagedPartOfTheTokenizerDoesNoHarm() throws Exception {
    replace(
        "tokenizer.json", "{\"type\":\"WordPiece\",\"prefix\"", "{\"type\":\"Word\",\"prefix\"");
    assertScores("softmax");
    replace(
        "tokenizer.json", "\"SpecialToken\":{\"id\":\"[CLS]\"", "\"SpecialToken\":{\"id\":\"CLS\"");
    assertInvalidTokenizer();
    Files.writeString(folder.resolve("tokenizer.json"), "{\"decoder\":{\"type\" 1}}");
    assertInvalidTokenizer();
  }

  private void assertInvalidTokenizer() {
    assertThatThrownBy(() -> TextClassifier.of(folder, model.signature()))
        .hasMessageContaining("tokenizer.json")
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ArtifactInvalid));
  }

  @Test
  void aTokenizerWithoutItsUnknownTokenIsRefusedWhenTheModelIsWarmedUp() throws Exception {
    replace("tokenizer.json", "\"[UNK]\":1", "\"[NOT]\":1");
    try (var classifier = TextClassifier.of(folder, model.signature());
        var workspace = model.newWorkspace()) {
      assertThatThrownBy(() -> classifier.warmUp(workspace))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("cannot make tokens of this text");
    }
  }

  private void config(String part, String instead) throws IOException {
    replace("config.json", part, instead);
  }

  private void replace(String name, String part, String instead) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(file, Files.readString(file).replace(part, instead));
  }

  private void assertScores(String rule) throws Exception {
    var inputs = new ArrayList<TextInput>();
    vectors().forEach(vector -> inputs.add(new TextInput.Text(vector.get("text").asText())));
    try (var classifier = TextClassifier.of(folder, model.signature());
        var workspace = model.newWorkspace()) {
      var answers = classifier.classify(inputs, workspace, new Cancel());
      for (var i = 0; i < inputs.size(); i++) {
        assertLikeThe(vectors().get(i).get(rule), answers.get(i));
      }
    }
  }

  private static void assertLikeThe(JsonNode expected, List<Score> scores) {
    assertThat(scores).hasSize(expected.size());
    assertThat(scores)
        .isSortedAccordingTo((one, other) -> Float.compare(other.score(), one.score()));
    for (var score : scores) {
      var wanted = (float) expected.get(score.label()).asDouble();
      assertThat(score.score()).as(score.label()).isCloseTo(wanted, within(1e-4f));
    }
  }

  private static JsonNode vectors() throws IOException {
    var file = Path.of("src/test/vectors/text.json");
    return new ObjectMapper().readTree(Files.readAllBytes(file)).get("opinions");
  }
}
