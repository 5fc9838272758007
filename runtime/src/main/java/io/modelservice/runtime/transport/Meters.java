package io.modelservice.runtime.transport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.serving.Served;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts and times requests by revision. */
public final class Meters {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
    Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10)
  };

  private static final int FIRST_REFUSAL = 400;

  private final MeterRegistry registry;
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();
  private final Map<Key, Counter> requests = new ConcurrentHashMap<>();

  private record Key(String revision, int code) {}

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts an answer of a model.
   *
   * @param code HTTP status, or what it would be by HTTP
   * @param watch whose phases have ended
   * @param nanos since the last byte of the request
   */
  public void count(Served served, int code, Stopwatch watch, long nanos) {
    served.count(code);
    if (code < FIRST_REFUSAL) {
      served.statistics().succeeded(watch, System.currentTimeMillis());
    } else {
      served.statistics().failed(watch);
    }
    var revision = served.revision();
    requests.computeIfAbsent(new Key(revision, code), this::newCounter).increment();
    durations.computeIfAbsent(revision, this::newTimer).record(Duration.ofNanos(nanos));
  }

  private Counter newCounter(Key key) {
    return Counter.builder("modelservice.requests")
        .description("Answers of a model by HTTP status")
        .tag("revision", key.revision())
        .tag("code", Integer.toString(key.code()))
        .register(registry);
  }

  private Timer newTimer(String revision) {
    return Timer.builder("modelservice.request.duration")
        .description("From the last byte of a request to the end of its answer")
        .tag("revision", revision)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
