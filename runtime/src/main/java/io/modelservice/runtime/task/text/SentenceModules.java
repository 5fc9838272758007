package io.modelservice.runtime.task.text;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.task.ArtifactJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code modules.json} of sentence-transformers does after the model. Without that file the
 * average of the tokens is taken and not normalised, as there.
 *
 * @param pooling of the tokens' vectors
 * @param length of the result
 * @param beyond the kind of a module that is in the file and not here, such as Dense
 */
record SentenceModules(Pooling pooling, Length length, Optional<String> beyond) {
  private static final String PREFIX = "pooling_mode_";

  /** Which length a vector has. */
  enum Length {
    AS_IT_IS,
    /** 1, by the module Normalize. */
    ONE
  }

  /**
   * Reads the files of an artifact.
   *
   * @throws EngineException if the pooling is one that is not here
   */
  static SentenceModules read(Path folder) throws EngineException {
    var pooling = Pooling.MEAN_TOKENS;
    var length = Length.AS_IT_IS;
    var beyond = Optional.<String>empty();
    for (var module : ArtifactJson.read(folder, "modules.json")) {
      var type = module.path("type").asText();
      switch (type.substring(type.lastIndexOf('.') + 1)) {
        case "Transformer" -> {}
        case "Pooling" -> pooling = pooling(folder, module.path("path").asText());
        case "Normalize" -> length = Length.ONE;
        default -> beyond = Optional.of(type);
      }
    }
    return new SentenceModules(pooling, length, beyond);
  }

  private static Pooling pooling(Path folder, String path) throws EngineException {
    var config = ArtifactJson.read(folder, path + "/config.json");
    if (config.isMissingNode()) {
      return Pooling.MEAN_TOKENS;
    }
    var on =
        config.properties().stream()
            .filter(field -> field.getValue().isBoolean() && field.getValue().asBoolean())
            .map(field -> field.getKey())
            .filter(name -> name.startsWith(PREFIX))
            .toList();
    for (var mode : Pooling.values()) {
      if (on.equals(List.of(PREFIX + mode.name().toLowerCase(Locale.ROOT)))) {
        return mode;
      }
    }
    throw new EngineException(
        Reason.TaskUnsupported,
        path
            + "/config.json must turn on one pooling mode: cls_token, mean_tokens, max_tokens or"
            + " lasttoken");
  }
}
