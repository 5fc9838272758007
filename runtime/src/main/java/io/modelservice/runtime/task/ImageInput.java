package io.modelservice.runtime.task;

import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.tensor.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The way of an encoded image into a model's only input, as {@code preprocessor_config.json} says.
 */
final class ImageInput {
  private final Preprocessor preprocessor;
  private final ImageLayout layout;
  private final ImageDecoder decoder = new ImageDecoder();

  private ImageInput(Preprocessor preprocessor, ImageLayout layout) {
    this.preprocessor = preprocessor;
    this.layout = layout;
  }

  /**
   * The way for a model.
   *
   * @param folder of the artifact
   * @throws EngineException if the file is missing or damaged, or the model takes no such images
   */
  static ImageInput of(Path folder, Signature signature) throws EngineException {
    var preprocessor = Preprocessor.read(folder);
    return new ImageInput(preprocessor, ImageLayout.of(signature, preprocessor));
  }

  /**
   * Decodes an image and writes it into the input.
   *
   * @param encoded JPEG, PNG or WebP
   * @param length bytes of it
   * @throws RequestException if it is not such an image, or too large
   */
  void fill(byte[] encoded, int length, Workspace workspace)
      throws RequestException, EngineException {
    var image = preprocessor.apply(decoder.decode(encoded, length));
    layout.fill(image, preprocessor.values(), workspace);
  }

  /** A task on an image. */
  @FunctionalInterface
  interface Trial {
    void run(byte[] picture) throws RequestException, EngineException;
  }

  /**
   * Does the task on two pictures that are part of the program, so that the first user does not
   * wait for what decoders do only once.
   */
  static void warmUp(Trial trial) throws EngineException {
    for (var name : List.of("warm-up.png", "warm-up.jpg")) {
      try (var in = ImageInput.class.getResourceAsStream(name)) {
        trial.run(Objects.requireNonNull(in).readAllBytes());
      } catch (IOException | RequestException e) {
        throw new IllegalStateException("the picture " + name + " of this program is damaged", e);
      }
    }
  }
}
