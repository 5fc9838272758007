package io.modelservice.runtime.task.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * Where somebody speaks, by the rules and the defaults that Silero publishes for its model: speech
 * begins at a probability of 0.5 and ends when it has been below 0.35 for 100 ms; what is not
 * longer than 250 ms is no speech; each end is moved outwards by 30 ms, or to the middle of a
 * shorter silence.
 */
final class SpeechSegments {
  private static final float BEGIN = 0.5f;
  private static final float END = 0.35f;
  private static final int SHORTEST_SPEECH_MILLIS = 250;
  private static final int SHORTEST_SILENCE_MILLIS = 100;
  private static final int PADDING_MILLIS = 30;

  private final int window;
  private final int rate;
  private final int length;

  /** From one sample to another. */
  record Segment(int from, int to) {}

  /**
   * Rules for a sound.
   *
   * @param window samples of each probability
   * @param rate samples a second
   * @param length samples of the sound
   */
  SpeechSegments(int window, int rate, int length) {
    this.window = window;
    this.rate = rate;
    this.length = length;
  }

  /** The segments, in order, none touching another. */
  List<Segment> of(List<Float> probabilities) {
    var found = new ArrayList<Segment>();
    var from = -1;
    var silentSince = -1;
    for (var i = 0; i < probabilities.size(); i++) {
      var probability = probabilities.get(i);
      if (probability >= BEGIN) {
        silentSince = -1;
        from = from < 0 ? i * window : from;
      } else if (probability < END && from >= 0) {
        silentSince = silentSince < 0 ? i * window : silentSince;
        if (i * window - silentSince >= samples(SHORTEST_SILENCE_MILLIS)) {
          add(found, from, silentSince);
          from = -1;
          silentSince = -1;
        }
      }
    }
    if (from >= 0) {
      add(found, from, length);
    }
    return padded(found);
  }

  private void add(List<Segment> found, int from, int to) {
    if (to - from > samples(SHORTEST_SPEECH_MILLIS)) {
      found.add(new Segment(from, to));
    }
  }

  private List<Segment> padded(List<Segment> found) {
    var padded = new ArrayList<Segment>();
    for (var i = 0; i < found.size(); i++) {
      var segment = found.get(i);
      var before = i == 0 ? segment.from() : gap(found.get(i - 1), segment) / 2;
      var after =
          i == found.size() - 1 ? length - segment.to() : gap(segment, found.get(i + 1)) / 2;
      var most = samples(PADDING_MILLIS);
      padded.add(
          new Segment(
              segment.from() - Math.min(most, before), segment.to() + Math.min(most, after)));
    }
    return padded;
  }

  private static int gap(Segment one, Segment next) {
    return next.from() - one.to();
  }

  private int samples(int millis) {
    return rate / 1000 * millis;
  }
}
