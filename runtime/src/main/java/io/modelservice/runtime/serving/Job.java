package io.modelservice.runtime.serving;

import io.modelservice.runtime.engine.Workspace;

/** Something to do on a lane. */
@FunctionalInterface
interface Job {
  void run(Workspace workspace);
}
