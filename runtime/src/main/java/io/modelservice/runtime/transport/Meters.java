package io.modelservice.runtime.transport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelservice.runtime.engine.SystemFile;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.serving.Served;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times requests by revision. A revision that answers no more is told of until yet
 * another one takes over, so that its last requests are not lost.
 */
@Singleton
public class Meters {
  private static final int FIRST_REFUSAL = 400;

  private final MeterRegistry registry;
  private final ServedModel model;
  private final Map<Served, RevisionMeters> revisions = new ConcurrentHashMap<>();
  private final Map<RefusalReason, Counter> refusals = new EnumMap<>(RefusalReason.class);
  private @Nullable Served current;
  private @Nullable Served previous;

  Meters(MeterRegistry registry, Pod pod) {
    this.registry = registry;
    this.model = new ServedModel(pod);
    for (var reason : RefusalReason.values()) {
      refusals.put(reason, refusals(reason));
    }
    new ResidentMemory(new SystemFile(Path.of("/proc/self/status"))).register(registry);
    pod.watch(() -> pod.answering().ifPresent(this::follow));
  }

  private Counter refusals(RefusalReason reason) {
    return Counter.builder("modelservice.requests.refused")
        .description("Requests that were not answered, by reason")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private synchronized void follow(Served answering) {
    if (answering == current) {
      return;
    }
    previous = current;
    current = answering;
    of(answering);
    revisions.forEach(
        (served, meters) -> {
          if (served != current && served != previous) {
            revisions.remove(served);
            meters.remove();
          }
        });
  }

  private RevisionMeters of(Served served) {
    return revisions.computeIfAbsent(
        served, key -> new RevisionMeters(registry, model.name(), key));
  }

  /** Tells of the bytes that one way of requests has in memory. */
  public void watch(String transport, BodyBudget budget) {
    bytes("modelservice.bodies", transport, budget, BodyBudget::used)
        .description("Bytes of requests in memory")
        .register(registry);
    bytes("modelservice.bodies.limit", transport, budget, BodyBudget::most)
        .description("Bytes of requests that may be in memory")
        .register(registry);
  }

  private static Gauge.Builder<BodyBudget> bytes(
      String name, String transport, BodyBudget budget, ToDoubleFunction<BodyBudget> value) {
    return Gauge.builder(name, budget, value).baseUnit("bytes").tag("transport", transport);
  }

  /** Counts a request that was not answered, whether a model had it or not. */
  public void refused(RefusalReason reason) {
    Objects.requireNonNull(refusals.get(reason)).increment();
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
    var meters = of(served);
    meters.count(code, Duration.ofNanos(nanos));
    meters.ran(watch.runRows());
  }
}
