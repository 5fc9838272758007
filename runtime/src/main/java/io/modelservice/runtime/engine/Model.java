package io.modelservice.runtime.engine;

import io.modelservice.crds.ExecutionProvider;
import io.modelservice.runtime.tensor.Signature;

/**
 * One model in memory. Its workspaces may run at the same time; it must be closed after all of
 * them, never while one runs.
 */
public interface Model extends AutoCloseable {

  Signature signature();

  /** What it runs on; never {@code Auto}. */
  ExecutionProvider provider();

  /** Memory for one lane, to be used by one thread at a time. */
  Workspace newWorkspace();

  @Override
  void close();
}
