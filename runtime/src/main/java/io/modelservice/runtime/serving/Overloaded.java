package io.modelservice.runtime.serving;

import java.time.Duration;

/** A request is refused at once, because it would wait longer than it may. */
public final class Overloaded extends Exception {
  private static final long serialVersionUID = 1;

  private final Duration wait;

  /** With the time that it would wait, or has. */
  public Overloaded(Duration wait) {
    super(
        "the model is busy: a request would wait about %d ms for a lane; try again"
            .formatted(wait.toMillis()));
    this.wait = wait;
  }

  /** When to try again: in about the time that those before it take. */
  public Duration retryAfter() {
    return wait;
  }
}
