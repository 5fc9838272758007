package io.modelservice.runtime.task;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The task image-classification: an encoded image in, the best labels out. */
public final class ImageClassifier implements TaskModel {
  private static final int TOP = 5;

  private final ImageInput input;
  private final List<String> labels;

  private ImageClassifier(ImageInput input, List<String> labels) {
    this.input = input;
    this.labels = labels;
  }

  /**
   * The classifier for a model.
   *
   * @param folder of the artifact
   * @throws EngineException if labels or preprocessor are missing, or the model's inputs and
   *     outputs are not those of the task
   */
  public static ImageClassifier of(Path folder, Signature signature) throws EngineException {
    var labels = Labels.read(folder);
    var input = ImageInput.of(folder, signature);
    var classes = classes(signature);
    Labels.require(labels, classes);
    return new ImageClassifier(input, labels);
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  private static long classes(Signature signature) throws EngineException {
    var output = signature.outputs().getFirst();
    if (output.datatype() != Datatype.FP32 || output.shape().size() != 2) {
      throw new EngineException(
          Reason.TaskUnsupported,
          "the task image-classification needs a first output FP32 [batch, classes], '%s' is %s %s"
              .formatted(output.name(), output.datatype(), output.shape()));
    }
    return output.shape().get(1);
  }

  @Override
  public void warmUp(Workspace workspace) throws EngineException {
    ImageInput.warmUp(picture -> classify(picture, picture.length, workspace, new Cancel()));
  }

  /**
   * Classifies one image.
   *
   * @param encoded JPEG, PNG or WebP
   * @param length bytes of it
   * @return at most 5 labels, the best first
   * @throws RequestException if it is not such an image, or too large
   */
  public List<Score> classify(byte[] encoded, int length, Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    input.fill(encoded, length, workspace);
    var output = (Output.Fixed) workspace.run(List.of(0), cancel).getFirst();
    var values = new float[output.data().remaining() / Float.BYTES];
    output.data().asFloatBuffer().get(values);
    Labels.require(labels, values.length);
    return best(Probabilities.of(values));
  }

  private List<Score> best(float[] probabilities) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> probabilities[i]).reversed())
        .limit(TOP)
        .map(i -> new Score(labels.get(i), probabilities[i]))
        .toList();
  }
}
