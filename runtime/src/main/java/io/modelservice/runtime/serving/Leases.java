package io.modelservice.runtime.serving;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Who uses something that must not leave memory before the last of them is done. */
final class Leases {
  private final AtomicLong count = new AtomicLong(1); // the owner's own, until it ends them
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch left = new CountDownLatch(1);

  /** Takes one; false if no more are given. */
  boolean take() {
    return !ended.get() && count.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
  }

  /** Gives one back. */
  void giveBack() {
    if (count.decrementAndGet() == 0) {
      left.countDown();
    }
  }

  /**
   * Gives no more and waits for those that are out, an interrupt or not.
   *
   * @throws IllegalStateException if they were ended before
   */
  void end() {
    if (!ended.compareAndSet(false, true)) {
      throw new IllegalStateException("ended twice");
    }
    giveBack();
    ToTheEnd.await(left::await);
  }
}
