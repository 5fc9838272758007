package io.modelservice.runtime.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Sums over the requests of one model since it was loaded. */
public final class Statistics {
  private final Map<Phase, LongAdder> phases = new EnumMap<>(Phase.class);
  private final LongAdder successes = new LongAdder();
  private final LongAdder successNanos = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder failureNanos = new LongAdder();
  private final LongAdder inferences = new LongAdder();
  private final LongAdder executions = new LongAdder();
  private final AtomicLong last = new AtomicLong();

  /** No request yet. */
  public Statistics() {
    for (var phase : Phase.values()) {
      phases.put(phase, new LongAdder());
    }
  }

  /**
   * A count and the time that it took in all.
   *
   * @param nanos nanoseconds
   */
  public record Sum(long count, long nanos) {}

  /**
   * Adds an answered request.
   *
   * @param time milliseconds since the epoch
   */
  public void succeeded(Stopwatch watch, long time) {
    for (var phase : phases.entrySet()) {
      phase.getValue().add(watch.nanos(phase.getKey()));
    }
    successes.increment();
    successNanos.add(watch.total());
    inferences.add(watch.batch());
    if (watch.countsRun()) {
      executions.increment();
    }
    last.lazySet(time);
  }

  /** Adds a request that was refused or failed. */
  public void failed(Stopwatch watch) {
    failures.increment();
    failureNanos.add(watch.total());
  }

  /** Requests that were answered. */
  public Sum successes() {
    return new Sum(successes.sum(), successNanos.sum());
  }

  /** Requests that were refused or failed. */
  public Sum failures() {
    return new Sum(failures.sum(), failureNanos.sum());
  }

  /** One phase of the answered requests. */
  public Sum phase(Phase phase) {
    return new Sum(successes.sum(), Objects.requireNonNull(phases.get(phase)).sum());
  }

  /** Inferences that were answered: a request of a batch counts as many. */
  public long inferences() {
    return inferences.sum();
  }

  /** Runs of the model that made answers: fewer than requests where some shared one. */
  public long executions() {
    return executions.sum();
  }

  /** When the last request was answered, in milliseconds since the epoch; 0 if none was. */
  public long lastInference() {
    return last.get();
  }
}
