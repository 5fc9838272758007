package io.modelservice.runtime.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.serving.Served;
import java.util.function.ToIntFunction;

/** Tells how busy the answering model is. */
final class LaneGauges {
  private LaneGauges() {}

  static void register(Pod pod, MeterRegistry registry) {
    gauge(pod, registry, "modelservice.lanes", Served::lanes, "Lanes of the answering model");
    gauge(pod, registry, "modelservice.lanes.busy", Served::busyLanes, "Lanes that run a request");
    gauge(
        pod, registry, "modelservice.requests.waiting", Served::waiting, "Requests without a lane");
  }

  private static void gauge(
      Pod pod, MeterRegistry registry, String name, ToIntFunction<Served> value, String what) {
    Gauge.builder(name, () -> pod.answering().map(value::applyAsInt).orElse(0))
        .description(what)
        .register(registry);
  }
}
