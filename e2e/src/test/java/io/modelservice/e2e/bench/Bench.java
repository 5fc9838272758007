package io.modelservice.e2e.bench;

import ai.onnxruntime.OrtEnvironment;
import io.modelservice.e2e.bench.servers.ServerBench;
import io.modelservice.e2e.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a part of the benchmarks; {@code bench/run.sh} calls it. */
public final class Bench {
  private static final Path RESULTS = Path.of("bench/RESULTS.md");
  private static final String TITLE = "Measured by `make bench`";

  private Bench() {}

  /**
   * Measures, prints the tables and writes them.
   *
   * @param arguments the part: {@code batching}, {@code cluster}, {@code overload} or {@code
   *     servers}
   * @throws IOException if the results cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    var part = arguments[0];
    var report = part.equals("cluster") ? onCluster() : onThisMachine(part);
    report.write(RESULTS);
  }

  private static Report onCluster() {
    try (var cluster = Cluster.open()) {
      var space = cluster.space("e2e-bench");
      try {
        var report = new Report(TITLE, setting(cluster));
        ColdStart.measure(space, report);
        InferenceSpeed.measure(space, report);
        OperatorMemory.measure(space, report);
        return report;
      } finally {
        space.remove();
      }
    }
  }

  private static String setting(Cluster cluster) {
    var kubernetes = cluster.client().getKubernetesVersion();
    return "Java %s, Kubernetes %s.%s, ONNX Runtime %s, runtime image `%s`."
        .formatted(
            Runtime.version().feature(),
            kubernetes.getMajor(),
            kubernetes.getMinor(),
            OrtEnvironment.getEnvironment().getVersion(),
            cluster.settings().runtimeImage());
  }

  private static Report onThisMachine(String part) {
    var bench = ServerBench.fromEnvironment(part);
    var report = new Report(TITLE + ": " + bench.title(), bench.setting());
    bench.measure(report);
    return report;
  }
}
