package io.modelservice.runtime.task.audio;

import io.modelservice.runtime.task.audio.SpeechEdges.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Where somebody speaks in a whole sound, by the rules and the defaults that Silero publishes for
 * its model: what lies between two edges and is not longer than 250 ms is no speech; each end is
 * moved outwards by 30 ms, or to the middle of a shorter silence.
 */
final class SpeechSegments {
  private static final int SHORTEST_SPEECH_MILLIS = 250;
  private static final int PADDING_MILLIS = 30;

  private final int window;
  private final int rate;
  private final int length;

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
    var edges = new SpeechEdges(rate);
    for (var i = 0; i < probabilities.size(); i++) {
      edges.next((long) i * window, probabilities.get(i)).ifPresent(found::add);
    }
    edges.finish(length).ifPresent(found::add);
    found.removeIf(segment -> segment.to() - segment.from() <= samples(SHORTEST_SPEECH_MILLIS));
    return padded(found);
  }

  private List<Segment> padded(List<Segment> found) {
    var padded = new ArrayList<Segment>();
    for (var i = 0; i < found.size(); i++) {
      var segment = found.get(i);
      var before = i == 0 ? segment.from() : gap(found.get(i - 1), segment) / 2;
      var after =
          i == found.size() - 1 ? length - segment.to() : gap(segment, found.get(i + 1)) / 2;
      long most = samples(PADDING_MILLIS);
      padded.add(
          new Segment(
              segment.from() - Math.min(most, before), segment.to() + Math.min(most, after)));
    }
    return padded;
  }

  private static long gap(Segment one, Segment next) {
    return next.from() - one.to();
  }

  private int samples(int millis) {
    return rate / 1000 * millis;
  }
}
