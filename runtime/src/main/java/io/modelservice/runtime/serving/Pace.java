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

  /**
   * Of how many requests the mean is that foretells a wait: a shorter one swings, and a queue fills
   * while it is low.
   */
  private static final long MEMORY = 64;

  private final AtomicLong mean = new AtomicLong(SLOW);
  private final AtomicLong request = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean quick;

  /**
   * Takes the measurement of a run; one outlier, such as a pause of the JVM, counts little.
   *
   * @param ended requests that shared the run, at least 1
   */
  void record(long took, int ended) {
    var nanos = took / ended;
    var known = request.get();
    var of = Math.min(MEMORY, requests.addAndGet(ended));
    request.lazySet(known + (nanos - known) * Math.min(ended, of) / of);
    var before = mean.get();
    var now = before + (Math.min(nanos, LONGEST) - before) / WEIGHT;
    mean.lazySet(now); // of two at once one may be lost
    if (quick ? now > SLOW : now < QUICK) {
      quick = !quick;
    }
  }

  /** What a request takes of a lane, in nanoseconds; 0 as long as none has ended. */
  long request() {
    return request.get();
  }

  /** Whether a request is better run where it is. */
  boolean quick() {
    return quick;
  }
}
