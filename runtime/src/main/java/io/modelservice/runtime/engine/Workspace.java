package io.modelservice.runtime.engine;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The input and output memory of one lane, used again for each run: fill every input, run, read the
 * outputs before the next run. Not thread-safe.
 */
public interface Workspace extends AutoCloseable {

  /** Whether an input takes strings, by its index in the signature. */
  boolean holdsStrings(int index);

  /**
   * The memory of an input of fixed-size elements, to be filled from position 0 to its limit.
   *
   * @param index of the input in the signature
   * @param shape without variable dimensions
   * @return direct, little-endian, with exactly the bytes of the shape
   * @throws EngineException if there is no memory for it
   */
  ByteBuffer input(int index, List<Long> shape) throws EngineException;

  /**
   * Sets an input of strings.
   *
   * @param elements row-major, as many as the shape says
   */
  void strings(int index, List<Long> shape, String[] elements) throws EngineException;

  /**
   * Runs the model on the inputs.
   *
   * @param wanted indices of outputs in the signature, in the order of the answer
   * @param cancel ends the run early from another thread
   * @throws EngineException if the engine refuses the inputs or fails
   */
  List<Output> run(List<Integer> wanted, Cancel cancel) throws EngineException;

  @Override
  void close();
}
