package io.modelservice.runtime.measure;

/**
 * Measures the phases of one request. The request goes from thread to thread, but one at a time has
 * it.
 */
public final class Stopwatch {
  private final long[] nanos = new long[Phase.values().length];
  private final long began = System.nanoTime();
  private long since = began;
  private long batch = 1;
  private boolean countsRun = true;
  private long runRows;

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

  /** Another request of the same batch counts their run. */
  public void runIsCountedElsewhere() {
    countsRun = false;
  }

  /** The run that this request counts had so many rows, those of others included. */
  public void ran(long rows) {
    runRows = rows;
  }

  /**
   * Rows of the run that this request counts; 0 if another request counts it, or if it was a
   * task's, which runs the model as often as it likes.
   */
  public long runRows() {
    return runRows;
  }

  boolean countsRun() {
    return countsRun;
  }

  long batch() {
    return batch;
  }

  /** Nanoseconds of a phase; 0 if the request had none. */
  public long nanos(Phase phase) {
    return nanos[phase.place()];
  }

  /** Nanoseconds since the request came. */
  public long age() {
    return System.nanoTime() - began;
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
