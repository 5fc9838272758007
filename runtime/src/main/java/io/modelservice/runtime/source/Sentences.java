package io.modelservice.runtime.source;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/** What went wrong on the way to a source, in words. */
public final class Sentences {
  private Sentences() {}

  /** Names the innermost network cause, else the outermost message. */
  public static String of(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      var known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    var message = problem.getMessage();
    return message == null
        ? problem.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }

  /** A URI as it may be told: its query may hold a signature. */
  public static String place(String uri) {
    return uri.replaceFirst("[?].*", "");
  }

  private static Optional<String> known(Throwable cause) {
    return switch (cause) {
      case UnknownHostException unknown ->
          Optional.of("no host has the name '" + unknown.getMessage() + "'");
      case NoRouteToHostException route -> Optional.of("there is no route to the host");
      case ConnectException refused -> Optional.of("the connection was refused");
      case SocketTimeoutException late -> Optional.of("the host did not answer in time");
      default -> Optional.empty();
    };
  }
}
