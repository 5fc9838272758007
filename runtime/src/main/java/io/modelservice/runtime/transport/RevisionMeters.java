package io.modelservice.runtime.transport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Statistics;
import io.modelservice.runtime.measure.Statistics.Sum;
import io.modelservice.runtime.serving.Served;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of one revision: our own, and Triton's names for those who have its dashboards. */
final class RevisionMeters {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
    Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10)
  };

  /** The sizes that batches are measured by, up to the largest that may be set. */
  private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

  private final MeterRegistry registry;
  private final Tags tags;
  private final Timer duration;
  private final DistributionSummary rows;
  private final Map<Integer, Counter> requests = new ConcurrentHashMap<>();
  private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();

  /**
   * Registers them.
   *
   * @param model the name in the protocol
   */
  RevisionMeters(MeterRegistry registry, String model, Served served) {
    this.registry = registry;
    tags = Tags.of("revision", served.revision());
    duration =
        kept(
            Timer.builder("modelservice.request.duration")
                .description("From the last byte of a request to the end of its answer")
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    rows =
        kept(
            DistributionSummary.builder("modelservice.batch.rows")
                .description("Rows of a run of the model, those of all requests that shared it")
                .tags(tags)
                .serviceLevelObjectives(ROWS)
                .register(registry));
    for (var phase : Phase.values()) {
      phase(phase, served.statistics());
    }
    busy(served);
    triton(Tags.of("model", model, "version", served.revision()), served);
  }

  private <T extends Meter> T kept(T meter) {
    meters.add(meter);
    return meter;
  }

  private void phase(Phase phase, Statistics statistics) {
    var _ =
        kept(
            FunctionTimer.builder(
                    "modelservice.request.phase",
                    statistics,
                    all -> all.phase(phase).count(),
                    all -> all.phase(phase).nanos(),
                    TimeUnit.NANOSECONDS)
                .description("Parts of the time of answered requests")
                .tags(tags)
                .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                .register(registry));
  }

  private void busy(Served served) {
    var _ =
        kept(
            FunctionCounter.builder(
                    "modelservice.lanes.busy.time", served, of -> of.busyNanos() / 1e9)
                .description("Time that lanes spent on requests, added when a request ends")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry));
  }

  /** As gauges: a counter of Micrometer's would have another name, ending in _total. */
  private void triton(Tags names, Served served) {
    var statistics = served.statistics();
    gauge("nv_inference_request_success", names, statistics, all -> all.successes().count());
    gauge("nv_inference_request_failure", names, statistics, all -> all.failures().count());
    gauge("nv_inference_count", names, statistics, Statistics::inferences);
    gauge("nv_inference_exec_count", names, statistics, Statistics::executions);
    micros("request", names, statistics, Statistics::successes);
    micros("queue", names, statistics, all -> all.phase(Phase.QUEUE));
    micros("compute_input", names, statistics, all -> all.phase(Phase.DECODE));
    micros("compute_infer", names, statistics, all -> all.phase(Phase.RUN));
    micros("compute_output", names, statistics, all -> all.phase(Phase.ENCODE));
    gauge("nv_inference_pending_request_count", names, served, Served::waiting);
  }

  /** A sum of times. */
  @FunctionalInterface
  private interface Part {
    Sum of(Statistics statistics);
  }

  private void micros(String what, Tags names, Statistics statistics, Part part) {
    gauge(
        "nv_inference_" + what + "_duration_us",
        names,
        statistics,
        all -> part.of(all).nanos() / 1e3);
  }

  private <T> void gauge(String name, Tags names, T from, ToDoubleFunction<T> value) {
    var _ =
        kept(
            Gauge.builder(name, from, value)
                .description("As Triton Inference Server counts it")
                .tags(names)
                .register(registry));
  }

  /**
   * Counts an answer.
   *
   * @param code HTTP status, or what it would be by HTTP
   */
  void count(int code, Duration took) {
    requests.computeIfAbsent(code, this::counter).increment();
    duration.record(took);
  }

  /**
   * Counts a run of the model.
   *
   * @param itsRows of all requests that shared it; 0 if another request counts it
   */
  void ran(long itsRows) {
    if (itsRows > 0) {
      rows.record((double) itsRows);
    }
  }

  private Counter counter(int code) {
    return kept(
        Counter.builder("modelservice.requests")
            .description("Answers of a model by HTTP status")
            .tags(tags)
            .tag("code", Integer.toString(code))
            .register(registry));
  }

  /** Takes them out of the registry. */
  void remove() {
    meters.forEach(registry::remove);
  }
}
