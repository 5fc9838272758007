package io.modelservice.runtime.task;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * The task image-feature-extraction: an encoded image in, its vector out: {@code image_embeds} or
 * {@code pooler_output}, else the first output, FP32 [batch, width] or [batch, width, 1, 1].
 */
public final class ImageFeatureExtractor implements TaskModel {
  private static final List<String> NAMES = List.of("image_embeds", "pooler_output");

  private final ImageInput input;
  private final int output;

  private ImageFeatureExtractor(ImageInput input, int output) {
    this.input = input;
    this.output = output;
  }

  /**
   * The extractor for a model.
   *
   * @param folder of the artifact
   * @throws EngineException if the preprocessor is missing, or the model's inputs and outputs are
   *     not those of the task
   */
  public static ImageFeatureExtractor of(Path folder, Signature signature) throws EngineException {
    var named = NAMES.stream().map(signature::outputIndex).filter(i -> i >= 0).findFirst();
    var output = named.orElse(0);
    var spec = signature.outputs().get(output);
    if (!isVector(spec)) {
      throw new EngineException(
          Reason.TaskUnsupported,
          ("the task image-feature-extraction needs an output FP32 [batch, width], '%s' is %s %s:"
                  + " export the model with its pooling")
              .formatted(spec.name(), spec.datatype(), spec.shape()));
    }
    return new ImageFeatureExtractor(ImageInput.of(folder, signature), output);
  }

  private static boolean isVector(TensorSpec spec) {
    var shape = spec.shape();
    return spec.datatype() == Datatype.FP32
        && (shape.size() == 2 || (shape.size() == 4 && shape.get(2) == 1 && shape.get(3) == 1));
  }

  @Override
  public void warmUp(Workspace workspace) throws EngineException {
    ImageInput.warmUp(picture -> extract(picture, picture.length, workspace, new Cancel()));
  }

  /**
   * Turns one image into its vector.
   *
   * @param encoded JPEG, PNG or WebP
   * @param length bytes of it
   * @throws RequestException if it is not such an image, or too large
   */
  public float[] extract(byte[] encoded, int length, Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    input.fill(encoded, length, workspace);
    var answer = (Output.Fixed) workspace.run(List.of(output), cancel).getFirst();
    var vector = new float[answer.data().remaining() / Float.BYTES];
    answer.data().asFloatBuffer().get(vector);
    return vector;
  }
}
