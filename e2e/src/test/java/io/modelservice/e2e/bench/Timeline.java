package io.modelservice.e2e.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Notes when things are first seen to be true. */
final class Timeline implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 20;

  private final ScheduledExecutorService watchers =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().factory());
  private final Map<String, Double> seen = new ConcurrentHashMap<>();
  private final long begin = System.nanoTime();

  /** It is true now; the first time counts. */
  void note(String what) {
    seen.putIfAbsent(what, since(System.nanoTime()));
  }

  /** Looks every 20 ms until it is true. */
  void poll(String what, BooleanSupplier happened) {
    var _ =
        watchers.scheduleWithFixedDelay(
            () -> look(what, happened), 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look(String what, BooleanSupplier happened) {
    if (!seen.containsKey(what) && happened.getAsBoolean()) {
      note(what);
    }
  }

  /** Seconds from the beginning to this {@link System#nanoTime()}. */
  double since(long nanoTime) {
    return (nanoTime - begin) / 1e9;
  }

  boolean complete(int things) {
    return seen.size() == things;
  }

  /** Seconds from the beginning until it was seen. */
  double at(String what) {
    var time = seen.get(what);
    if (time == null) {
      throw new AssertionError("never seen: " + what + "; seen: " + seen);
    }
    return time;
  }

  @Override
  public void close() {
    watchers.shutdownNow();
  }
}
