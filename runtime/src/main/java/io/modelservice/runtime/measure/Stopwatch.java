package io.modelservice.runtime.measure;

/**
 * Measures the phases of one request. The request goes from thread to thread, but one at a time has
 * it.
 */
public final class Stopwatch {
  private final long[] nanos = new long[Phase.values().length];
  private long since = System.nanoTime();
  private long batch = 1;
  private long execution = 1;

  /** A phase ends and the next begins. */
  public void end(Phase phase) {
    var now = System.nanoTime();
    nanos[phase.place()] += now - since;
    since = now;
  }

  /** How many inferences the request asks for: the first dimension of its inputs. */
  public void batch(long size) {
    batch = size;
  }

  /**
   * How many rows the run had that made the answer; 0 for all but the first request of a batch, so
   * that the run counts once.
   */
  public void execution(long rows) {
    execution = rows;
  }

  /** Rows of the run; 0 if another request counts it. */
  public long execution() {
    return execution;
  }

  long batch() {
    return batch;
  }

  long nanos(Phase phase) {
    return nanos[phase.place()];
  }

  /** Nanoseconds of all phases that have ended. */
  public long total() {
    var sum = 0L;
    for (var part : nanos) {
      sum += part;
    }
    return sum;
  }
}
