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
 * @param wanted the task that the user names; without one the files decide
 */
public record ModelFolder(Path path, Optional<Task> wanted) {

  /** The folder's name as a model's name: lower case, other characters become dashes. */
  String model() {
    var name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.replaceAll("[^a-z0-9.-]", "-");
  }

  /** The task that is wanted, or that the files beside the model describe. */
  Optional<Task> task() {
    return wanted.or(this::described);
  }

  private Optional<Task> described() {
    var labels = has("labels.txt") || has("config.json");
    if (has("preprocessor_config.json") && labels) {
      return Optional.of(Task.IMAGE_CLASSIFICATION);
    }
    return has("modules.json") ? Optional.of(Task.FEATURE_EXTRACTION) : Optional.empty();
  }

  private boolean has(String file) {
    return Files.exists(path.resolve(file));
  }
}
