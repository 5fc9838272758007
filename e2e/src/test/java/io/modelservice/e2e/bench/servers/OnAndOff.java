package io.modelservice.e2e.bench.servers;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures one model with shared runs and without: both are up, one at a time is asked. */
final class OnAndOff implements AutoCloseable {
  /** Who goes first changes, for what else the machine does may grow or shrink. */
  private static final List<List<Sharing>> ORDERS =
      List.of(List.of(Sharing.ON, Sharing.OFF), List.of(Sharing.OFF, Sharing.ON));

  private final Setup setup;
  private final Subject subject;
  private final Wrk wrk;
  private final Map<Sharing, ServerProcess> servers = new EnumMap<>(Sharing.class);
  private final Map<Line, Runs> runs = new HashMap<>();
  private final Figures figures = new Figures();

  private OnAndOff(Setup setup, Subject subject) {
    this.setup = setup;
    this.subject = subject;
    this.wrk = new Wrk(setup, subject);
  }

  /**
   * What was measured.
   *
   * @param runs of the model in all rounds
   */
  record Outcome(Subject subject, Figures figures, Map<Line, Runs> runs) {}

  static Outcome of(Setup setup, Subject subject) {
    try (var both = new OnAndOff(setup, subject)) {
      both.start();
      for (var round = 0; round < setup.rounds(); round++) {
        both.round(ORDERS.get(round % ORDERS.size()));
      }
      return new Outcome(subject, both.figures, Map.copyOf(both.runs));
    }
  }

  private void start() {
    for (var sharing : Sharing.values()) {
      var log = setup.work().resolve("batching-%s-%s.log".formatted(subject.name(), sharing));
      servers.put(
          sharing,
          ServerProcess.start(port -> sharing.command(setup, subject, port), subject.name(), log));
      Comparison.CONNECTIONS.forEach(count -> ask(sharing, count)); // warms up
    }
  }

  private void round(List<Sharing> order) {
    for (var connections : Comparison.CONNECTIONS) {
      for (var sharing : order) {
        var line = sharing.line(connections);
        var before = Runs.of(process(sharing).endpoint());
        figures.add(line, ask(sharing, connections));
        runs.merge(line, Runs.of(process(sharing).endpoint()).minus(before), Runs::plus);
      }
    }
  }

  private Point ask(Sharing sharing, int connections) {
    var point = wrk.measure(process(sharing), Encoding.BINARY, connections);
    process(sharing).awaitRest();
    return point;
  }

  private ServerProcess process(Sharing sharing) {
    return requireNonNull(servers.get(sharing));
  }

  @Override
  public void close() {
    servers.values().forEach(ServerProcess::close);
  }
}
