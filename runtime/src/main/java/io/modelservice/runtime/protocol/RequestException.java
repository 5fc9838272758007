package io.modelservice.runtime.protocol;

import com.google.errorprone.annotations.FormatMethod;

/** A request that is refused: its HTTP status and one line for the client. */
public final class RequestException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int LONGEST = 500;

  private final int status;
  private final RefusalReason reason;

  /** With the usual reason of the status. */
  public RequestException(int status, String message) {
    this(status, RefusalReason.of(status), message);
  }

  public RequestException(int status, RefusalReason reason, String message) {
    super(oneLine(message));
    this.status = status;
    this.reason = reason;
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

  /** The message. */
  public String line() {
    return String.valueOf(getMessage());
  }

  private static String oneLine(String message) {
    var line = message.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
