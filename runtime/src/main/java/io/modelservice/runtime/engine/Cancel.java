package io.modelservice.runtime.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a run from another thread, before it begins or in its middle. */
public final class Cancel {

  /** How the engine ends the run that is under way. */
  @FunctionalInterface
  public interface Stop {
    void now();
  }

  private volatile boolean requested;
  private @Nullable Stop stop;

  /** Ends a run for several: it is asked for as soon as each of the given ones is. */
  public static Cancel ofAll(List<Cancel> each) {
    var all = new Cancel();
    Stop look =
        () -> {
          if (each.stream().allMatch(Cancel::requested)) {
            all.request();
          }
        };
    each.forEach(one -> one.begin(look));
    return all;
  }

  /** Asks the run to end as soon as the engine can; one that has ended is not touched. */
  public synchronized void request() {
    requested = true;
    if (stop != null) {
      stop.now();
    }
  }

  public boolean requested() {
    return requested;
  }

  /** The engine tells how to stop the run that begins now. */
  synchronized void begin(Stop how) {
    stop = how;
    if (requested) {
      how.now();
    }
  }

  /** The run is over: from now on nothing is stopped. */
  synchronized void end() {
    stop = null;
  }
}
