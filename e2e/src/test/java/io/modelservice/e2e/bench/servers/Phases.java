package io.modelservice.e2e.bench.servers;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.e2e.bench.Report;
import io.modelservice.e2e.client.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the runtime says that the time of its requests went, from Triton's statistics extension.
 *
 * @param nanos of each phase, in the order of {@link #NAMES}, then of whole requests
 * @param requests that are counted
 */
record Phases(List<Long> nanos, long requests) {
  static final Phases NONE = new Phases(List.of(0L, 0L, 0L, 0L, 0L), 0);
  static final List<String> HEAD =
      List.of("model", "request", "queue", "decode", "run", "encode", "whole", "whole - run");

  private static final List<String> NAMES =
      List.of("queue", "compute_input", "compute_infer", "compute_output", "success");
  private static final int DECODE = 1;
  private static final int RUN = 2;
  private static final int WHOLE = 4;

  /** Since the start of the server. */
  static Phases of(Endpoint endpoint) {
    var stats = Endpoint.json(endpoint.get("/v2/models/" + endpoint.model() + "/stats").body());
    var phases = stats.path("model_stats").path(0).path("inference_stats");
    var nanos = NAMES.stream().map(name -> number(phases, name, "ns")).toList();
    return new Phases(nanos, number(phases, "success", "count"));
  }

  private static long number(JsonNode phases, String name, String field) {
    var value = phases.path(name).path(field);
    if (!value.isIntegralNumber()) {
      throw new IllegalStateException("the statistics have no " + field + " of " + name);
    }
    return value.asLong();
  }

  Phases plus(Phases other) {
    return combined(other, 1);
  }

  Phases minus(Phases other) {
    return combined(other, -1);
  }

  private Phases combined(Phases other, int sign) {
    return new Phases(
        IntStream.range(0, NAMES.size())
            .mapToObj(i -> nanos.get(i) + sign * other.nanos.get(i))
            .toList(),
        requests + sign * other.requests);
  }

  /** Milliseconds of a request. */
  double decode() {
    return millis(DECODE);
  }

  private double millis(int phase) {
    return nanos.get(phase) / 1e6 / requests;
  }

  List<String> row(Subject subject, Encoding encoding) {
    var row = new ArrayList<>(List.of(subject.name(), encoding.label()));
    IntStream.range(0, NAMES.size()).forEach(phase -> row.add(Report.number(millis(phase))));
    row.add(Report.number(millis(WHOLE) - millis(RUN)));
    return row;
  }
}
