package io.modelservice.runtime.task.text;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** A query and documents go in, the best documents come out first. */
class TextRankerTest {
  @Test
  void documentsComeInTheOrderOfTheReference() throws Exception {
    var folder = TestModels.folder("relevance");
    var vectors =
        new ObjectMapper()
            .readTree(Files.readAllBytes(Path.of("src/test/vectors/text.json")))
            .get("relevance");
    var documents = new ArrayList<String>();
    vectors.get("documents").forEach(document -> documents.add(document.get("text").asText()));

    try (var model = new OrtEngine().load(folder.resolve("model.onnx"), Execution.single());
        var ranker = TextRanker.of(folder, model.signature());
        var workspace = model.newWorkspace()) {
      var query = vectors.get("query").asText();
      var ranking = ranker.rank(query, documents, workspace, new Cancel());

      assertThat(ranking.tokens()).isEqualTo(vectors.get("tokens").asInt());
      assertThat(ranking.documents())
          .hasSameSizeAs(documents)
          .isSortedAccordingTo((one, other) -> Float.compare(other.score(), one.score()))
          .allSatisfy(
              ranked -> {
                var wanted = vectors.get("documents").get(ranked.index()).get("score").asDouble();
                assertThat(ranked.score()).isCloseTo((float) wanted, within(1e-4f));
              });
    }
  }

  @Test
  void aModelWithSeveralLogitsRanksNothing() throws Exception {
    var folder = TestModels.folder("opinions");
    try (var model = new OrtEngine().load(folder.resolve("model.onnx"), Execution.single())) {
      assertThatThrownBy(() -> TextRanker.of(folder, model.signature()))
          .hasMessageContaining("one logit for a pair, the model has 3")
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TaskUnsupported));
    }
  }
}
