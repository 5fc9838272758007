package io.modelservice.runtime.serving;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long requests of a model take, as a moving mean. A quick one is run by the thread that
 * received it: handing it to a lane and back costs about 25 us, more than such a run itself.
 */
final class Pace {
  private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long SLOW = 2 * QUICK;
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int WEIGHT = 8;

  private final AtomicLong mean = new AtomicLong(SLOW);
  private final AtomicLong run = new AtomicLong();
  private volatile boolean quick;

  /** Takes a measurement; one outlier, such as a pause of the JVM, counts little. */
  void record(long nanos) {
    var known = run.get();
    run.lazySet(known == 0 ? nanos : known + (nanos - known) / WEIGHT);
    var before = mean.get();
    var now = before + (Math.min(nanos, LONGEST) - before) / WEIGHT;
    mean.lazySet(now); // of two at once one may be lost
    if (quick ? now > SLOW : now < QUICK) {
      quick = !quick;
    }
  }

  /** What a run takes, in nanoseconds; 0 as long as none has ended. */
  long run() {
    return run.get();
  }

  /** Whether a request is better run where it is. */
  boolean quick() {
    return quick;
  }
}
