package io.modelservice.runtime.task.audio;

import java.util.Optional;

/**
 * Finds where speech begins and ends, one window after the other, by the rules and the defaults
 * that Silero publishes for its model: it begins at a probability of 0.5 and ends when it has been
 * below 0.35 for 100 ms.
 */
final class SpeechEdges {
  private static final float BEGIN = 0.5f;
  private static final float END = 0.35f;
  private static final int SHORTEST_SILENCE_MILLIS = 100;
  private static final long NONE = -1;

  private final long shortestSilence;
  private long from = NONE;
  private long silentSince = NONE;

  /** From one sample to another. */
  record Segment(long from, long to) {}

  SpeechEdges(int rate) {
    shortestSilence = rate / 1000L * SHORTEST_SILENCE_MILLIS;
  }

  /**
   * Takes the next window.
   *
   * @param at its first sample
   * @param probability of speech
   * @return the segment that is now known to have ended
   */
  Optional<Segment> next(long at, float probability) {
    if (probability >= BEGIN) {
      silentSince = NONE;
      from = from == NONE ? at : from;
    } else if (probability < END && from != NONE) {
      silentSince = silentSince == NONE ? at : silentSince;
      if (at - silentSince >= shortestSilence) {
        return Optional.of(end(silentSince));
      }
    }
    return Optional.empty();
  }

  /** The segment that lasts until the sound is over, if there is one. */
  Optional<Segment> finish(long length) {
    return speaking() ? Optional.of(end(length)) : Optional.empty();
  }

  private Segment end(long to) {
    var segment = new Segment(from, to);
    from = NONE;
    silentSince = NONE;
    return segment;
  }

  /** Whether a segment has begun and not ended. */
  boolean speaking() {
    return from != NONE;
  }

  /** Where the segment began that has not ended. */
  long from() {
    return from;
  }
}
