package io.modelservice.runtime.grpc;

import io.grpc.Status;
import io.modelservice.runtime.protocol.RequestException;

/** The gRPC statuses of refusals. */
final class Codes {
  private Codes() {}

  /** The status that goes with the refusal's reason or else its HTTP status, and its line. */
  static Status of(RequestException refused) {
    var code =
        switch (refused.reason()) {
          case OVERLOADED, NO_MEMORY -> Status.RESOURCE_EXHAUSTED;
          default -> code(refused.status());
        };
    return code.withDescription(refused.line());
  }

  private static Status code(int http) {
    return switch (http) {
      case 404 -> Status.NOT_FOUND;
      case 409 -> Status.ALREADY_EXISTS;
      case 413, 429 -> Status.RESOURCE_EXHAUSTED;
      case 501 -> Status.UNIMPLEMENTED;
      case 503 -> Status.UNAVAILABLE;
      case 504 -> Status.DEADLINE_EXCEEDED;
      default -> http < 500 ? Status.INVALID_ARGUMENT : Status.INTERNAL;
    };
  }
}
