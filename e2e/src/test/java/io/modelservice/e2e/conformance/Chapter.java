package io.modelservice.e2e.conformance;

import java.util.List;

/**
 * Checks of one subject, in the order in which they run.
 *
 * @param name one word, as {@code --chapters} takes it
 */
record Chapter(String name, List<Check> checks) {
  Chapter {
    checks = List.copyOf(checks);
  }
}
