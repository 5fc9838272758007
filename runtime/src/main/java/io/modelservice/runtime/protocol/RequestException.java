package io.modelservice.runtime.protocol;

import com.google.errorprone.annotations.FormatMethod;
import java.time.Duration;

/** A request that is refused: its HTTP status and one line for the client. */
public final class RequestException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int LONGEST = 500;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final int status;
  private final RefusalReason reason;
  private final Duration retryAfter;

  /** With the usual reason of the status. */
  public RequestException(int status, String message) {
    this(status, RefusalReason.of(status), message);
  }

  public RequestException(int status, RefusalReason reason, String message) {
    this(status, reason, message, SOON);
  }

  /** With the time after which the client may try again. */
  public RequestException(int status, RefusalReason reason, String message, Duration retryAfter) {
    super(oneLine(message));
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Status 400 with a formatted line. */
  @FormatMethod
  public static RequestException bad(String format, Object... arguments) {
    return new RequestException(400, format.formatted(arguments));
  }

  public int status() {
    return status;
  }

  public RefusalReason reason() {
    return reason;
  }

  /** When to try again, if the status is one that passes. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** The message. */
  public String line() {
    return String.valueOf(getMessage());
  }

  private static String oneLine(String message) {
    var line = message.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
