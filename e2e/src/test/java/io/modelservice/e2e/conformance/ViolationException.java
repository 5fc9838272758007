package io.modelservice.e2e.conformance;

/** The server answered, and not as it should. The message is one line. */
final class ViolationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ViolationException(String message) {
    super(message);
  }

  /** Refuses an answer that is not the expected one. */
  static <T> void expect(String what, T expected, T actual) {
    if (!expected.equals(actual)) {
      throw new ViolationException("%s is %s, not %s".formatted(what, actual, expected));
    }
  }

  /** Refuses an answer of which {@code claim} does not hold. */
  static void unless(boolean claim, String message) {
    if (!claim) {
      throw new ViolationException(message);
    }
  }
}
