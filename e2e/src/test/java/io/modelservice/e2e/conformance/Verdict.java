package io.modelservice.e2e.conformance;

/** What came of a check. */
sealed interface Verdict {
  /** The server does as it should. */
  record Passed() implements Verdict {}

  /**
   * The server does something else.
   *
   * @param why one line
   */
  record Failed(String why) implements Verdict {}

  /**
   * The server does not have it, and need not.
   *
   * @param why one line
   */
  record NotOffered(String why) implements Verdict {}
}
