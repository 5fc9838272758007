package io.modelservice.runtime.task.audio;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * A sound that comes piece by piece. The state of the model goes on from piece to piece, wherever
 * they are cut. One caller at a time.
 */
public final class VoiceStream {
  private static final int SILENCE = 0;
  private static final float FULL_SCALE = 32768;

  private final VoiceDetector detector;
  private final VoiceMemory memory;
  private final SpeechEdges edges;
  private int filled;
  private long windows;
  private boolean split;
  private int low;

  /** What was heard. */
  public sealed interface Event {}

  /**
   * Somebody began to speak.
   *
   * @param start seconds from the beginning of the stream
   */
  public record Began(double start) implements Event {}

  /**
   * Somebody stopped.
   *
   * @param end seconds from the beginning of the stream
   */
  public record Ended(double end) implements Event {}

  /**
   * A window was heard.
   *
   * @param at seconds from the beginning of the stream to that of the window
   * @param probability of speech
   */
  public record Heard(double at, float probability) implements Event {}

  VoiceStream(VoiceDetector detector, int rate) {
    this.detector = detector;
    this.memory = detector.newMemory(rate);
    this.edges = new SpeechEdges(rate);
  }

  /**
   * Goes on with a piece.
   *
   * @param pcm samples of one channel, 16 bits signed, the low byte first; a sample may be cut
   */
  public List<Event> add(byte[] pcm, Workspace workspace, Cancel cancel) throws EngineException {
    var events = new ArrayList<Event>();
    for (var next : pcm) {
      if (split) {
        add((short) (next << 8 | low) / FULL_SCALE);
        if (filled == memory.window()) {
          listen(events, workspace, cancel);
        }
      }
      low = next & 0xFF;
      split = !split;
    }
    return events;
  }

  /** The sound is over: hears what is left of it, filled up with silence. */
  public List<Event> finish(Workspace workspace, Cancel cancel) throws EngineException {
    var events = new ArrayList<Event>();
    var length = windows * memory.window() + filled;
    if (filled > 0) {
      while (filled < memory.window()) {
        add(SILENCE);
      }
      listen(events, workspace, cancel);
    }
    edges.finish(length).ifPresent(last -> events.add(new Ended(seconds(last.to()))));
    return events;
  }

  private void add(float sample) {
    memory.window(filled, sample);
    filled++;
  }

  private void listen(List<Event> events, Workspace workspace, Cancel cancel)
      throws EngineException {
    var at = windows * memory.window();
    var probability = detector.probability(memory, workspace, cancel);
    windows++;
    filled = 0;
    events.add(new Heard(seconds(at), probability));
    var spoke = edges.speaking();
    edges.next(at, probability).ifPresent(over -> events.add(new Ended(seconds(over.to()))));
    if (!spoke && edges.speaking()) {
      events.add(new Began(seconds(edges.from())));
    }
  }

  private double seconds(long samples) {
    return (double) samples / memory.rate();
  }
}
