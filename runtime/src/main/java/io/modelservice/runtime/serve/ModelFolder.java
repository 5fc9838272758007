package io.modelservice.runtime.serve;

import io.modelservice.crds.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder with {@code model.onnx} and what belongs to it.
 *
 * @param path absolute
 */
public record ModelFolder(Path path) {

  /** The folder's name as a model's name: lower case, other characters become dashes. */
  String model() {
    var name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.replaceAll("[^a-z0-9.-]", "-");
  }

  /** The task that the files beside the model describe. */
  Optional<Task> task() {
    var labels = has("labels.txt") || has("config.json");
    return has("preprocessor_config.json") && labels
        ? Optional.of(Task.IMAGE_CLASSIFICATION)
        : Optional.empty();
  }

  private boolean has(String file) {
    return Files.exists(path.resolve(file));
  }
}
