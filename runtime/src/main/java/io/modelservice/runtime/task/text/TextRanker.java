package io.modelservice.runtime.task.text;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.task.text.TextModel.Row;
import io.modelservice.runtime.tensor.Signature;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The task text-ranking: how well documents answer a query, by a cross-encoder with one logit for a
 * pair, whose sigmoid is the score.
 */
public final class TextRanker implements TaskModel {
  private final TextModel model;
  private final int output;

  /**
   * One document.
   *
   * @param index in the request, from 0
   * @param score 0 to 1
   */
  public record Ranked(int index, float score) {}

  /**
   * The answer.
   *
   * @param documents the best first
   * @param tokens of all pairs together, special ones included, as the model took them
   */
  public record Ranking(List<Ranked> documents, int tokens) {}

  private TextRanker(TextModel model, int output) {
    this.model = model;
    this.output = output;
  }

  /**
   * The ranker for a model.
   *
   * @param folder of the artifact
   * @throws EngineException if files are missing or damaged, or the model's inputs and outputs are
   *     not those of the task
   */
  public static TextRanker of(Path folder, Signature signature) throws EngineException {
    var logits = Logits.of(signature, "text-ranking");
    if (logits.classes() > 1) {
      throw tooMany(logits.classes());
    }
    return new TextRanker(TextModel.of(folder, signature), logits.output());
  }

  private static EngineException tooMany(int classes) {
    return new EngineException(
        Reason.TaskUnsupported,
        "the task text-ranking needs one logit for a pair, the model has %d".formatted(classes));
  }

  @Override
  public void warmUp(Workspace workspace) throws EngineException {
    model.warmUp(
        texts -> {
          var documents = Collections.nCopies(texts.size(), "a document");
          rank("a query", documents, workspace, new Cancel());
        });
  }

  /**
   * Ranks documents. Of a pair that is too long for the model, the longer text is cut.
   *
   * @throws RequestException if a text is far too long
   */
  public Ranking rank(String query, List<String> documents, Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    var pairs = model.encodePairs(query, documents, cancel);
    var scores = model.run(pairs, output, TextRanker::score, workspace, cancel);
    var ranked =
        IntStream.range(0, scores.size())
            .mapToObj(i -> new Ranked(i, scores.get(i)))
            .sorted(Comparator.comparingDouble((Ranked document) -> document.score()).reversed())
            .toList();
    return new Ranking(ranked, pairs.stream().mapToInt(Tokens::length).sum());
  }

  private static Float score(Row row) throws EngineException {
    var logits = row.at(0);
    if (logits.length != 1) {
      throw tooMany(logits.length);
    }
    return Activation.SIGMOID.of(logits)[0];
  }

  @Override
  public void close() {
    model.close();
  }
}
