package io.modelservice.runtime.task.text;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.ArtifactJson;
import io.modelservice.runtime.task.Labels;
import io.modelservice.runtime.task.Score;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.task.text.TextModel.Row;
import io.modelservice.runtime.tensor.Signature;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The task text-classification: texts in, all labels of each with their scores out. */
public final class TextClassifier implements TaskModel {
  private final TextModel model;
  private final int output;
  private final List<String> labels;
  private final Activation activation;

  private TextClassifier(TextModel model, int output, List<String> labels, Activation activation) {
    this.model = model;
    this.output = output;
    this.labels = labels;
    this.activation = activation;
  }

  /**
   * The classifier for a model.
   *
   * @param folder of the artifact
   * @throws EngineException if files are missing or damaged, or the model's inputs and outputs are
   *     not those of the task
   */
  public static TextClassifier of(Path folder, Signature signature) throws EngineException {
    var labels = Labels.read(folder);
    var logits = Logits.of(signature, "text-classification");
    Labels.require(labels, logits.classes());
    var activation = Activation.of(ArtifactJson.read(folder, "config.json"), labels.size());
    return new TextClassifier(TextModel.of(folder, signature), logits.output(), labels, activation);
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public void warmUp(Workspace workspace) throws EngineException {
    model.warmUp(texts -> classify(texts, workspace, new Cancel()));
  }

  /**
   * Classifies texts. A text that is too long for the model is cut.
   *
   * @return for each text its labels, the best first
   * @throws RequestException if a text is empty or far too long
   */
  public List<List<Score>> classify(List<TextInput> inputs, Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    return model.run(model.encode(inputs, cancel), output, this::scores, workspace, cancel);
  }

  private List<Score> scores(Row row) throws EngineException {
    var logits = row.at(0);
    Labels.require(labels, logits.length);
    var scores = activation.of(logits);
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new Score(labels.get(i), scores[i]))
        .sorted(Comparator.comparingDouble((Score score) -> score.score()).reversed())
        .toList();
  }

  @Override
  public void close() {
    model.close();
  }
}
