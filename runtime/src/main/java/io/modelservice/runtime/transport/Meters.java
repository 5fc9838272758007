package io.modelservice.runtime.transport;

import io.micrometer.core.instrument.MeterRegistry;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.serving.Served;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private @Nullable Served current;
  private @Nullable Served previous;

  Meters(MeterRegistry registry, Pod pod) {
    this.registry = registry;
    this.model = new ServedModel(pod);
    pod.watch(() -> pod.answering().ifPresent(this::follow));
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
    of(served).count(code, Duration.ofNanos(nanos));
  }
}
