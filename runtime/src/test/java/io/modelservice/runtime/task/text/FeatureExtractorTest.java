package io.modelservice.runtime.task.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.MiniLm;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.OrtEngine;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.text.FeatureExtractor.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentences go in, vectors come out, as an implementation in Python makes them. */
class FeatureExtractorTest {
  @TempDir private static Path folder;
  private static Model model;
  private static FeatureExtractor extractor;

  @BeforeAll
  static void load() throws Exception {
    MiniLm.writeTo(folder);
    model = new OrtEngine().load(folder.resolve("model.onnx"), Execution.single());
    extractor = FeatureExtractor.of(folder, model.signature());
  }

  @AfterAll
  static void close() {
    extractor.close();
    model.close();
  }

  @Test
  void aTextGetsTheVectorOfTheReference() throws Exception {
    for (var expected : vectors()) {
      var features = extract(text(expected));
      assertThat(features.tokens()).isEqualTo(expected.get("ids").size());
      assertClose(features.vectors().getFirst(), expected.get("vector"), 1e-3f);
    }
  }

  @Test
  void idsOfTokensStandForTheirText() throws Exception {
    for (var expected : vectors()) {
      var ids = new ArrayList<Integer>();
      expected.get("ids").forEach(id -> ids.add(id.asInt()));
      var features = extract(new TextInput.Ids(ids));
      assertClose(features.vectors().getFirst(), expected.get("vector"), 1e-3f);
    }
  }

  @Test
  void manyTextsOfAnyLengthComeBackInTheirOrder() throws Exception {
    var inputs = new ArrayList<TextInput>();
    for (var round = 0; round < 20; round++) {
      vectors().forEach(expected -> inputs.add(text(expected)));
    }
    var answers = extract(inputs.toArray(TextInput[]::new)).vectors();

    assertThat(answers).hasSize(inputs.size());
    for (var i = 0; i < answers.size(); i++) {
      // INT8 rounds by the largest value of a batch, so a batch is no closer than this
      assertThat(cosine(answers.get(i), vectors().get(i % vectors().size()).get("vector")))
          .isGreaterThan(0.95);
    }
  }

  @Test
  void whatIsNoTextOfUnicodeDoesNoHarm() throws Exception {
    for (var strange : new String[] {"\ud800", "a\0b", "\udfff\ud800", "\uffff", "\u202e", " "}) {
      assertThat(extract(new TextInput.Text(strange)).vectors()).hasSize(1);
    }
  }

  @Test
  void aTextThatIsFarTooLongIsRefused() {
    assertThatThrownBy(() -> extract(new TextInput.Text("a".repeat(1_000_001))))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("1000001 characters");
  }

  @Test
  void idsOutsideOfTheVocabularyAreRefused() {
    for (var id : new int[] {-1, 30_522, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> extract(new TextInput.Ids(List.of(101, id, 102))))
          .isInstanceOf(RequestException.class)
          .hasMessageContaining("vocabulary of 30522");
    }
  }

  @Test
  void nothingIsNoInput() {
    assertThatThrownBy(() -> extract(new TextInput.Ids(List.of())))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void withoutItsTokenizerTheTaskCannotBeTurnedOn(@TempDir Path other) throws Exception {
    MiniLm.writeTo(other);
    Files.delete(other.resolve("tokenizer.json"));
    assertRefused(other, Reason.ArtifactInvalid, "tokenizer.json");
  }

  @Test
  void aDamagedTokenizerIsNamedAsSuch(@TempDir Path other) throws Exception {
    MiniLm.writeTo(other);
    for (var content : new String[] {"", "{", "{}", "[]", "{\"model\":{\"type\":\"BPE\"}}"}) {
      Files.writeString(other.resolve("tokenizer.json"), content);
      assertRefused(other, Reason.ArtifactInvalid, "tokenizer.json");
    }
  }

  @Test
  void aPoolingThatIsNotKnownIsNamed(@TempDir Path other) throws Exception {
    MiniLm.writeTo(other);
    Files.writeString(
        other.resolve("1_Pooling/config.json"),
        "{\"pooling_mode_mean_tokens\":true,\"pooling_mode_max_tokens\":true}");
    assertRefused(other, Reason.TaskUnsupported, "one pooling mode");
  }

  @Test
  void aPathThatLeadsOutOfTheArtifactIsRefused(@TempDir Path other) throws Exception {
    MiniLm.writeTo(other);
    for (var path : new String[] {"../1_Pooling", "/etc", "a\\u0000b"}) {
      Files.writeString(
          other.resolve("modules.json"),
          "[{\"type\":\"Pooling\",\"path\":\"%s\"}]".formatted(path));
      assertRefused(other, Reason.ArtifactInvalid, "not in the artifact");
    }
  }

  @Test
  void aModelThatTakesNoTokensIsUnsupported() throws Exception {
    try (var other =
        new OrtEngine()
            .load(TestModels.folder("simple").resolve("model.onnx"), Execution.single())) {
      assertThatThrownBy(() -> FeatureExtractor.of(folder, other.signature()))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TaskUnsupported));
    }
  }

  private static void assertRefused(Path artifact, Reason reason, String part) {
    assertThatThrownBy(() -> FeatureExtractor.of(artifact, model.signature()))
        .hasMessageContaining(part)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Features extract(TextInput... inputs) throws Exception {
    try (Workspace workspace = model.newWorkspace()) {
      return extractor.extract(List.of(inputs), workspace, new Cancel());
    }
  }

  private static JsonNode vectors() throws IOException {
    var file = Path.of("src/test/vectors/minilm-int8.json");
    return new ObjectMapper().readTree(Files.readAllBytes(file)).get("texts");
  }

  private static TextInput text(JsonNode expected) {
    return new TextInput.Text(expected.get("text").asText());
  }

  private static void assertClose(float[] vector, JsonNode expected, float tolerance) {
    assertThat(vector).hasSize(expected.size());
    for (var i = 0; i < vector.length; i++) {
      assertThat(vector[i]).isCloseTo((float) expected.get(i).asDouble(), within(tolerance));
    }
  }

  private static double cosine(float[] vector, JsonNode expected) {
    var product = 0.0;
    for (var i = 0; i < vector.length; i++) {
      product += vector[i] * expected.get(i).asDouble();
    }
    return product;
  }
}
