package io.modelservice.runtime.fuzz;

import java.util.Optional;

/** Reads bytes that come from outside. */
public interface Parser extends AutoCloseable {

  /**
   * Reads an input. Whatever else than the refusal that its callers expect is thrown, is a finding.
   *
   * @return the line of the refusal; empty if the input was taken
   */
  Optional<String> refusal(byte[] input) throws Exception;

  /** Bytes of memory that reading an input of this length may take on the heap, all in all. */
  default long mostMemory(int length) {
    return 64L * length + (8 << 20);
  }

  @Override
  default void close() {}
}
