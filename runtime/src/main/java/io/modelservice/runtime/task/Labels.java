package io.modelservice.runtime.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of the classes, in the order of the model's output: {@code labels.txt} with one a line,
 * else {@code id2label} of {@code config.json}.
 */
public final class Labels {
  static final String FILE = "labels.txt";
  private static final String CONFIG = "config.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Labels() {}

  /**
   * Reads the names.
   *
   * @throws EngineException if there are none
   */
  public static List<String> read(Path folder) throws EngineException {
    try {
      if (Files.exists(folder.resolve(FILE))) {
        return Files.readString(folder.resolve(FILE)).stripTrailing().lines().toList();
      }
      if (Files.exists(folder.resolve(CONFIG))) {
        return fromConfig(folder.resolve(CONFIG));
      }
    } catch (IOException e) {
      throw missing("the labels in the artifact cannot be read: labels.txt must be UTF-8 text");
    }
    throw missing("the task needs labels.txt, or id2label in config.json");
  }

  private static List<String> fromConfig(Path config) throws IOException, EngineException {
    var names = JSON.readTree(Files.readAllBytes(config)).path("id2label");
    var labels = new ArrayList<String>();
    for (var id = 0; id < names.size(); id++) {
      var name = names.path(Integer.toString(id));
      if (!name.isTextual()) {
        throw missing("id2label in config.json has no name for class " + id);
      }
      labels.add(name.asText());
    }
    if (labels.isEmpty()) {
      throw missing("config.json has no id2label and there is no labels.txt");
    }
    return List.copyOf(labels);
  }

  /**
   * Checks that each class has a label.
   *
   * @param classes of the model; negative if it does not say
   * @throws EngineException if there are more or fewer
   */
  public static void require(List<String> labels, long classes) throws EngineException {
    if (classes >= 0 && classes != labels.size()) {
      throw missing(
          "there are %d labels, the model has %d classes".formatted(labels.size(), classes));
    }
  }

  /** The labels are not those of the model. */
  public static EngineException missing(String message) {
    return new EngineException(Reason.LabelsMissing, message);
  }
}
