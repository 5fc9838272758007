package io.modelservice.runtime.task;

import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import java.util.List;

/** What a task makes of a model: typed inputs in, typed answers out. */
public interface TaskModel extends AutoCloseable {

  /** The names of the model's classes in the order of its output; empty if it has none. */
  default List<String> labels() {
    return List.of();
  }

  /**
   * Answers a request of its own a few times, so that the first user does not wait for what is done
   * only once.
   *
   * @throws EngineException if the model cannot do the task
   */
  void warmUp(Workspace workspace) throws EngineException;

  /** Gives back what the task holds besides the model; nothing uses it any more. */
  @Override
  default void close() {}
}
