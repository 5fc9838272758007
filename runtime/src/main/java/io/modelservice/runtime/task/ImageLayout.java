package io.modelservice.runtime.task;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.util.List;

/** In which order a model takes the pixels of an image. */
enum ImageLayout {
  /** [batch, channel, height, width], PyTorch's. */
  NCHW(1),
  /** [batch, height, width, channel], TensorFlow's. */
  NHWC(3);

  private final int channelAxis;

  ImageLayout(int channelAxis) {
    this.channelAxis = channelAxis;
  }

  /**
   * The layout of a model's only input.
   *
   * @throws EngineException if it takes no images, or images of another size
   */
  static ImageLayout of(Signature signature, Preprocessor preprocessor) throws EngineException {
    var input = signature.inputs().getFirst();
    if (signature.inputs().size() != 1
        || input.datatype() != Datatype.FP32
        || input.shape().size() != 4
        || input.shape().getFirst() > 1) {
      throw unsupported(input);
    }
    for (var layout : values()) {
      if (input.shape().get(layout.channelAxis) == Pixels.CHANNELS) {
        layout.checkSize(input, preprocessor);
        return layout;
      }
    }
    throw unsupported(input);
  }

  private void checkSize(TensorSpec input, Preprocessor preprocessor) throws EngineException {
    var resize = preprocessor.resize();
    var size =
        preprocessor.crop() == null && resize != null
            ? resize.target().of(1, 1)
            : preprocessor.crop();
    if (size != null && !input.accepts(shape(size.width(), size.height(), batch(input)))) {
      throw new EngineException(
          Reason.TaskUnsupported,
          "%s makes images of %d x %d pixels, input '%s' has the shape %s"
              .formatted(
                  Preprocessor.FILE, size.width(), size.height(), input.name(), input.shape()));
    }
  }

  private static long batch(TensorSpec input) {
    return Math.max(1, input.shape().getFirst());
  }

  private List<Long> shape(long width, long height, long batch) {
    return this == NCHW
        ? List.of(batch, (long) Pixels.CHANNELS, height, width)
        : List.of(batch, height, width, (long) Pixels.CHANNELS);
  }

  private static EngineException unsupported(TensorSpec input) {
    return new EngineException(
        Reason.TaskUnsupported,
        ("tasks on images need one input FP32 [batch, 3, height, width] or [batch,"
                + " height, width, 3], '%s' is %s %s")
            .formatted(input.name(), input.datatype(), input.shape()));
  }

  /** Writes one image into the model's input. */
  void fill(Pixels image, Levels levels, Workspace workspace) throws EngineException {
    var shape = shape(image.width(), image.height(), 1);
    var into = workspace.input(0, shape).asFloatBuffer();
    if (this == NCHW) {
      for (var channel = 0; channel < Pixels.CHANNELS; channel++) {
        for (var at = channel; at < image.rgb().length; at += Pixels.CHANNELS) {
          into.put(levels.of(channel, image.rgb()[at] & 0xFF));
        }
      }
    } else {
      for (var at = 0; at < image.rgb().length; at++) {
        into.put(levels.of(at % Pixels.CHANNELS, image.rgb()[at] & 0xFF));
      }
    }
  }
}
