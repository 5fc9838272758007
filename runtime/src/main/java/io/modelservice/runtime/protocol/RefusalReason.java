package io.modelservice.runtime.protocol;

/** Why a request was not answered. */
public enum RefusalReason {
  /** It does not fit the protocol or the model. */
  INVALID,
  /** It names another model or version. */
  NOT_FOUND,
  /** It, or what it asks for, is larger than is allowed. */
  TOO_LARGE,
  /** It would wait longer than it may. */
  OVERLOADED,
  /** Too many bytes of requests are in memory. */
  NO_MEMORY,
  /** There is no model that answers. */
  NOT_READY,
  /** It took longer than its timeout. */
  TIMEOUT,
  /** Its client left before it was answered. */
  CLIENT_LEFT,
  /** The server failed. */
  FAILED;

  /** The usual reason of an HTTP status. */
  static RefusalReason of(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 413 -> TOO_LARGE;
      case 503 -> NOT_READY;
      case 504 -> TIMEOUT;
      default -> status < 500 ? INVALID : FAILED;
    };
  }
}
