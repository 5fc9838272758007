package io.modelservice.runtime.task.text;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.task.text.TextModel.Row;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * The task feature-extraction: texts in, one vector for each out. The model's own sentence vector
 * is taken if it has one (FP32 [batch, width]), else its tokens' vectors (FP32 [batch, sequence,
 * width]) are pooled.
 */
public final class FeatureExtractor implements TaskModel {
  private static final double SMALLEST_NORM = 1e-12;
  private static final List<String> NAMES =
      List.of("sentence_embedding", "last_hidden_state", "token_embeddings");

  private final TextModel model;
  private final SentenceModules modules;
  private final int output;

  /**
   * The answer.
   *
   * @param vectors one for each input, in order
   * @param tokens of all inputs together, special ones included, as the model took them
   */
  public record Features(List<float[]> vectors, int tokens) {}

  private FeatureExtractor(TextModel model, SentenceModules modules, int output) {
    this.model = model;
    this.modules = modules;
    this.output = output;
  }

  /**
   * The extractor for a model.
   *
   * @param folder of the artifact
   * @throws EngineException if files are missing or damaged, or the model's inputs and outputs are
   *     not those of the task
   */
  public static FeatureExtractor of(Path folder, Signature signature) throws EngineException {
    var modules = SentenceModules.read(folder);
    var output = output(signature);
    var spec = signature.outputs().get(output);
    if (modules.beyond().isPresent() && spec.shape().size() != 2) {
      throw new EngineException(
          Reason.TaskUnsupported,
          "modules.json has the module %s, which is not supported: export the model with it, so that"
                  .formatted(modules.beyond().get())
              + " it has the output sentence_embedding");
    }
    return new FeatureExtractor(TextModel.of(folder, signature), modules, output);
  }

  /** The output of a known name, else the first one. */
  private static int output(Signature signature) throws EngineException {
    var named = NAMES.stream().map(signature::outputIndex).filter(i -> i >= 0).findFirst();
    var index = named.orElse(0);
    var spec = signature.outputs().get(index);
    if (!isVectors(spec)) {
      throw new EngineException(
          Reason.TaskUnsupported,
          ("the task feature-extraction needs an output FP32 [batch, width] or [batch, sequence,"
                  + " width], '%s' is %s %s")
              .formatted(spec.name(), spec.datatype(), spec.shape()));
    }
    return index;
  }

  private static boolean isVectors(TensorSpec spec) {
    return spec.datatype() == Datatype.FP32
        && (spec.shape().size() == 2 || spec.shape().size() == 3);
  }

  @Override
  public void warmUp(Workspace workspace) throws EngineException {
    model.warmUp(texts -> extract(texts, workspace, new Cancel()));
  }

  /**
   * Turns texts into vectors. A text that is too long for the model is cut.
   *
   * @throws RequestException if a text is empty or far too long, or an id is outside of the
   *     vocabulary
   */
  public Features extract(List<TextInput> inputs, Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    var texts = model.encode(inputs, cancel);
    var vectors = model.run(texts, output, this::vector, workspace, cancel);
    return new Features(vectors, texts.stream().mapToInt(Tokens::length).sum());
  }

  private float[] vector(Row row) {
    var pooled = row.shape().size() == 2 ? row.at(0) : modules.pooling().of(row);
    return modules.length() == SentenceModules.Length.ONE ? normalized(pooled) : pooled;
  }

  private static float[] normalized(float[] vector) {
    var squares = 0.0;
    for (var value : vector) {
      squares += (double) value * value;
    }
    var norm = (float) Math.max(Math.sqrt(squares), SMALLEST_NORM);
    for (var i = 0; i < vector.length; i++) {
      vector[i] /= norm;
    }
    return vector;
  }

  @Override
  public void close() {
    model.close();
  }
}
