package io.modelservice.runtime.serving;

import java.time.Duration;

/**
 * What a request may take.
 *
 * @param timeout from its last byte to its answer; then it is given up
 * @param maxWait for a lane; one that would wait longer is refused at once, and one that has waited
 *     half a second longer is not begun any more
 * @param maxBatch rows of a run that requests share; 1 means that none do
 */
public record Limits(Duration timeout, Duration maxWait, int maxBatch) {

  /** Without settings of the user. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(2), 32);
}
