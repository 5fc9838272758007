package io.modelservice.runtime.task;

import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;

/** What a task makes of a model: typed inputs in, typed answers out. */
public interface TaskModel {

  /**
   * Answers a request of its own a few times, so that the first user does not wait for what is done
   * only once.
   *
   * @throws EngineException if the model cannot do the task
   */
  void warmUp(Workspace workspace) throws EngineException;
}
