package io.modelservice.runtime.engine;

import java.nio.file.Path;

/** Brings model files into memory. */
public interface Engine {

  /**
   * Loads a model.
   *
   * @param file the ONNX file; its external data lies in the same folder or below it
   * @param threads that one run may use, its own included; at least 1
   * @throws EngineException if the file is no model, or one that the engine does not know how to
   *     run
   */
  Model load(Path file, int threads) throws EngineException;
}
