package io.modelservice.runtime.batching;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/**
 * What a row costs in runs of different sizes, learnt from the runs themselves. Sizes count by
 * powers of two: 1, 2, up to 4, up to 8 and so on. Larger runs are tried one step at a time, as
 * long as the step before has paid, and again now and then; so are smaller ones, for what was
 * cheaper once need not be so any more. A step that was never taken needs room in memory.
 */
final class CostCurve {
  /**
   * A larger run makes everyone in it wait longer, and what is measured on a busy machine errs by
   * some hundredths, so a row must cost at most this part of what it costs in the smaller run.
   */
  private static final double GAIN = 0.9;

  private static final int STEPS = 12;
  private static final int TRIES = 3;
  private static final int TRY_LARGER = 512;

  /** More often: smaller runs make nobody wait, and the first ones were those of a cold process. */
  private static final int TRY_SMALLER = 16;

  private static final int ASK_AGAIN = 64;
  private static final int WEIGHT = 8;

  private final BooleanSupplier room;
  private final AtomicLongArray nanosPerRow = new AtomicLongArray(STEPS);
  private final AtomicLongArray runs = new AtomicLongArray(STEPS);

  /**
   * One that knows nothing yet.
   *
   * @param room whether a run may be twice as large as any before
   */
  CostCurve(BooleanSupplier room) {
    this.room = room;
  }

  /** Takes a measurement. */
  void record(long rows, long nanos) {
    var step = step(rows);
    var now = nanos / rows;
    var known = nanosPerRow.get(step);
    var count = runs.getAndIncrement(step);
    // of two at once one may be lost
    nanosPerRow.lazySet(step, known + (now - known) / Math.clamp(count + 1, 1, WEIGHT));
  }

  /**
   * How many rows the next run should have.
   *
   * @param available rows that wait, at least 1
   */
  long best(long available) {
    var best = 0;
    while (best < step(available) && worthTrying(best + 1)) {
      best++;
    }
    if (best > 0 && runs.get(best - 1) < runs.get(best) / TRY_SMALLER) {
      best--;
    }
    return Math.min(available, 1L << best);
  }

  /** Whether a step is cheaper per row than the one before, or not known well enough. */
  private boolean worthTrying(int step) {
    var before = runs.get(step - 1);
    if (before < TRIES) {
      return false;
    }
    var known = runs.get(step);
    if (known == 0) {
      return before % ASK_AGAIN == TRIES && room.getAsBoolean();
    }
    return known < TRIES + before / TRY_LARGER
        || nanosPerRow.get(step) < GAIN * nanosPerRow.get(step - 1);
  }

  private static int step(long rows) {
    return Math.min(STEPS - 1, Long.SIZE - Long.numberOfLeadingZeros(rows - 1));
  }
}
