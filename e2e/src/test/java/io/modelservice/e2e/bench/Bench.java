package io.modelservice.e2e.bench;

import io.modelservice.e2e.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Path;

/** Runs all benchmarks on the cluster of the environment; {@code bench/run.sh} calls it. */
public final class Bench {
  private static final Path RESULTS = Path.of("bench/RESULTS.md");

  private Bench() {}

  /**
   * Measures, prints the tables and writes them.
   *
   * @throws IOException if the results cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    try (var cluster = Cluster.open()) {
      var space = cluster.space("e2e-bench");
      try {
        var report = new Report(cluster);
        ColdStart.measure(space, report);
        InferenceSpeed.measure(space, report);
        OperatorMemory.measure(space, report);
        report.write(RESULTS);
      } finally {
        space.remove();
      }
    }
  }
}
