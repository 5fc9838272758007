package io.modelservice.runtime.batching;

/**
 * A request that may share a run of the model with others.
 *
 * @param <T> its answer
 */
@FunctionalInterface
public interface Batchable<T> {

  /**
   * Reads the request; called once, by the lane that has it.
   *
   * @throws Exception if it is refused
   */
  Member<T> read() throws Exception;
}
