package io.modelservice.runtime.source.peer;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a pod waits for another that comes no further. For one thread. */
public final class Patience {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Duration limit;
  private final LongSupplier mine;
  private long theirs;
  private long most = -1;
  private long since = System.nanoTime();

  /**
   * Begins now.
   *
   * @param limit without progress
   * @param mine bytes that this pod has
   */
  public Patience(Duration limit, LongSupplier mine) {
    this.limit = limit;
    this.mine = mine;
  }

  /** The other pod has so many bytes. */
  void saw(long bytes) {
    theirs = bytes;
  }

  /** Whether neither pod has come any further for too long; what is done again does not count. */
  public boolean over() {
    var now = System.nanoTime();
    var sum = theirs + mine.getAsLong();
    if (sum > most) {
      most = sum;
      since = now;
    }
    return now - since >= limit.toNanos();
  }

  /**
   * Until the next look.
   *
   * @throws FetchException if the thread was interrupted, which it then still is
   */
  public void pause() throws FetchException {
    try {
      Thread.sleep(limit.compareTo(LOOK) < 0 ? limit.dividedBy(2) : LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException(Reason.StoreUnreachable, "the fetch was stopped");
    }
  }
}
