package io.modelservice.e2e.bench.servers;

import static java.util.Objects.requireNonNull;

import io.modelservice.e2e.client.Reference;
import io.modelservice.e2e.client.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures one model: all servers are up, one at a time is asked, in rounds. */
final class Comparison implements AutoCloseable {
  /** Connections that keep every server busy. */
  static final int MANY = 16;

  /** Connections of each figure. */
  static final List<Integer> CONNECTIONS = List.of(1, MANY);

  private static final double TOLERANCE = 1e-3;

  private final Setup setup;
  private final Subject subject;
  private final Wrk wrk;
  private final List<Tensor> expected;
  private final Loops loops;
  private final Map<Server, ServerProcess> servers = new EnumMap<>(Server.class);
  private final Map<Encoding, Phases> phases = new EnumMap<>(Encoding.class);
  private final Figures figures = new Figures();

  private Comparison(Setup setup, Subject subject) {
    this.setup = setup;
    this.subject = subject;
    this.wrk = new Wrk(setup, subject);
    this.expected = expected(setup, subject);
    var answer = expected.stream().mapToInt(output -> output.data().capacity()).sum();
    this.loops = new Loops(setup, subject, answer);
  }

  private static List<Tensor> expected(Setup setup, Subject subject) {
    try (var reference = Reference.load(setup.folder(subject).resolve("model.onnx"))) {
      return reference.run(subject.inputs());
    }
  }

  /**
   * What was measured.
   *
   * @param phases of the runtime's requests on one connection
   */
  record Outcome(Subject subject, Figures figures, Map<Encoding, Phases> phases) {}

  static Outcome of(Setup setup, Subject subject) {
    try (var comparison = new Comparison(setup, subject)) {
      comparison.start();
      comparison.warmUp();
      for (var round = 0; round < setup.rounds(); round++) {
        comparison.round();
      }
      comparison.ceiling();
      return new Outcome(subject, comparison.figures, Map.copyOf(comparison.phases));
    }
  }

  private void start() {
    for (var server : Server.values()) {
      var log = setup.work().resolve(subject.name() + "-" + server + ".log");
      var started =
          ServerProcess.start(port -> server.command(setup, subject, port), subject.name(), log);
      servers.put(server, started);
      server.encodings().forEach(encoding -> check(server, encoding));
    }
  }

  /** A wrong answer is not worth measuring. */
  private void check(Server server, Encoding encoding) {
    var answered = process(server).endpoint().outputs(encoding.request(subject));
    for (var tensor : expected) {
      var same =
          answered.stream()
              .filter(output -> output.name().equals(tensor.name()))
              .anyMatch(output -> near(output.values(), tensor.values()));
      if (!same) {
        throw new IllegalStateException(
            "%s in %s answers %s with another %s than ONNX Runtime"
                .formatted(server, encoding.label(), subject.name(), tensor.name()));
      }
    }
  }

  private static boolean near(double[] some, double[] others) {
    var same = some.length == others.length;
    for (var i = 0; same && i < some.length; i++) {
      same = Math.abs(some[i] - others[i]) <= TOLERANCE;
    }
    return same;
  }

  private void warmUp() {
    for (var server : Server.values()) {
      for (var encoding : server.encodings()) {
        wrk.warm(process(server), encoding, MANY);
        process(server).awaitRest();
      }
    }
  }

  private void round() {
    ceiling();
    figures.add(Line.pythonLoop(), loops.inPython());
    for (var connections : CONNECTIONS) {
      figures.add(Line.floor(connections), loops.overHttp(wrk, connections));
    }
    for (var server : Server.values()) {
      for (var encoding : server.encodings()) {
        CONNECTIONS.forEach(connections -> measure(server, encoding, connections));
      }
    }
  }

  private void ceiling() {
    for (var threads : List.of(1, threads())) {
      figures.add(Line.loop(threads), loops.inC(threads));
    }
  }

  /** As many as the runtime has lanes by itself. */
  static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void measure(Server server, Encoding encoding, int connections) {
    var process = process(server);
    var counted = server == Server.RUNTIME && connections == 1;
    var before = counted ? Phases.of(process.endpoint()) : Phases.NONE;
    var point = wrk.measure(process, encoding, connections);
    figures.add(Line.of(server.label(setup), encoding, connections), point);
    if (counted) {
      phases.merge(encoding, Phases.of(process.endpoint()).minus(before), Phases::plus);
    }
    process.awaitRest();
  }

  private ServerProcess process(Server server) {
    return requireNonNull(servers.get(server));
  }

  @Override
  public void close() {
    loops.close();
    servers.values().forEach(ServerProcess::close);
  }
}
