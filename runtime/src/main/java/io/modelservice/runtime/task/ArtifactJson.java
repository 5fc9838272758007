package io.modelservice.runtime.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The JSON files of an artifact that describe a task. */
public final class ArtifactJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ArtifactJson() {}

  /**
   * Reads a file; one that is not there is a missing node.
   *
   * @param name relative to the folder
   * @throws EngineException if it cannot be read as JSON, or the name leads out of the folder
   */
  public static JsonNode read(Path folder, String name) throws EngineException {
    var file = within(folder, name);
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new EngineException(
          Reason.ArtifactInvalid, name + " in the artifact is not valid JSON: upload it again");
    }
  }

  /** Names come from other files of the artifact too. */
  private static Path within(Path folder, String name) throws EngineException {
    try {
      var file = folder.resolve(name).normalize();
      if (file.startsWith(folder.normalize())) {
        return file;
      }
    } catch (InvalidPathException e) {
      // no name of a file at all
    }
    throw new EngineException(
        Reason.ArtifactInvalid, "a file of the artifact names another that is not in the artifact");
  }
}
