package io.modelservice.runtime.serving;

import io.modelservice.runtime.engine.Workspace;

/** A request that has the lane for itself, such as a task's, which may run the model repeatedly. */
final class StepWork<T> extends Work<T> {
  private final Step<T> step;

  StepWork(Served served, Step<T> step) {
    super(served);
    this.step = step;
  }

  @Override
  T perform(Workspace workspace) throws Exception {
    return step.run(workspace, cancel());
  }
}
