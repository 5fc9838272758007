package io.modelservice.e2e.conformance;

/** A check and what came of it. */
record Result(String chapter, Check check, Verdict verdict) {

  boolean failed() {
    return verdict instanceof Verdict.Failed;
  }

  boolean passed() {
    return verdict instanceof Verdict.Passed;
  }

  /** Whether the server breaks the protocol. */
  boolean breaksProtocol() {
    return failed() && check.level() instanceof Level.Required;
  }

  /** Why it did not pass, one line; empty if it passed. */
  String why() {
    return switch (verdict) {
      case Verdict.Passed() -> "";
      case Verdict.Failed(var why) -> why;
      case Verdict.NotOffered(var why) -> why;
    };
  }
}
