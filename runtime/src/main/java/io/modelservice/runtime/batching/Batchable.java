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

  /**
   * Which of those that wait it goes before. It is asked for by the thread that received the
   * request, before that is read, and so must be told in microseconds.
   */
  default Priority priority() {
    return Priority.NORMAL;
  }
}
