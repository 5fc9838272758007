package io.modelservice.runtime.engine;

import java.nio.file.Path;

/** Brings model files into memory. */
public interface Engine {

  /**
   * Loads a model.
   *
   * @param file the ONNX file; its external data lies in the same folder or below it
   * @param execution what it runs on
   * @throws EngineException if the file is no model, or one that the engine does not know how to
   *     run, or the pod lacks what it is to run on
   */
  Model load(Path file, Execution execution) throws EngineException;
}
