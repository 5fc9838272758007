package io.modelservice.e2e.bench.servers;

import io.modelservice.e2e.bench.Report;

/** A part of the benchmarks that starts its servers on this machine. */
public sealed interface ServerBench permits Batching, Overload, SideBySide {

  /**
   * The part, for the rounds and times of the environment.
   *
   * @throws IllegalArgumentException if there is no such part, or one of them is no number
   */
  static ServerBench fromEnvironment(String part) {
    var setup = Setup.fromEnvironment();
    return switch (part) {
      case "batching" -> new Batching(setup);
      case "overload" -> new Overload(setup);
      case "servers" -> new SideBySide(setup);
      default -> throw new IllegalArgumentException("no part of the benchmarks: " + part);
    };
  }

  /** What its chapter is called. */
  String title();

  /** How it is measured. */
  String setting();

  /** Measures all models; minutes. */
  void measure(Report report);
}
