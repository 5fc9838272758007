package io.modelservice.e2e.conformance;

/** The server says that it has no such path, call or extension. The message is one line. */
final class NotOfferedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotOfferedException(String message) {
    super(message);
  }
}
