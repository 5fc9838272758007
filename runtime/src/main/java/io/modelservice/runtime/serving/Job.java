package io.modelservice.runtime.serving;

import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.engine.Workspace;

/** Something to do on a lane. */
@FunctionalInterface
interface Job {
  void run(Workspace workspace);

  /** Which of those that wait it goes before. */
  default Priority priority() {
    return Priority.NORMAL;
  }
}
