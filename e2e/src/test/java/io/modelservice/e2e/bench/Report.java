package io.modelservice.e2e.bench;

import ai.onnxruntime.OrtEnvironment;
import io.modelservice.e2e.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured, as Markdown. */
final class Report {
  private final StringBuilder text = new StringBuilder();

  Report(Cluster cluster) {
    var kubernetes = cluster.client().getKubernetesVersion();
    text.append(
        """
        # Measured by `make bench`

        %s, on %d shared cores (other work runs beside it: compare lines with each other, not with other machines).
        Java %s, Kubernetes %s.%s, ONNX Runtime %s, runtime image `%s`.
        """
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                kubernetes.getMajor(),
                kubernetes.getMinor(),
                OrtEnvironment.getEnvironment().getVersion(),
                cluster.settings().runtimeImage()));
  }

  /** A table under a heading, with a line about how it was measured. */
  void table(String title, String how, List<String> head, List<List<String>> rows) {
    var table = new StringBuilder("\n## %s\n\n%s\n\n".formatted(title, how));
    table.append(row(head)).append(row(head.stream().map(cell -> "---").toList()));
    rows.forEach(cells -> table.append(row(cells)));
    System.out.println(table);
    text.append(table);
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  void write(Path file) throws IOException {
    Files.writeString(file, text);
  }

  static String number(double value) {
    var digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
