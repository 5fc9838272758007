package io.modelservice.runtime.engine;

import io.modelservice.crds.ExecutionProvider;

/**
 * What a model is to run on.
 *
 * @param provider that is wanted
 * @param threads that one run on the CPU may use, its own included; at least 1
 */
public record Execution(ExecutionProvider provider, int threads) {

  /** On the CPU, each run on the thread that asks for it. */
  public static Execution single() {
    return new Execution(ExecutionProvider.CPU, 1);
  }
}
