package io.modelservice.runtime.sharedmemory;

import com.google.errorprone.annotations.FormatMethod;

/** Shared memory cannot be used as a client wants it: the HTTP status and one sentence. */
public final class SharedMemoryException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  private SharedMemoryException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  @FormatMethod
  static SharedMemoryException of(int status, String format, Object... arguments) {
    return new SharedMemoryException(status, format.formatted(arguments));
  }

  /** From 400 to 499. */
  public int status() {
    return status;
  }

  /** The message. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
