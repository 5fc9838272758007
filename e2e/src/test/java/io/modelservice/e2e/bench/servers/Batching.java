package io.modelservice.e2e.bench.servers;

import static io.modelservice.e2e.bench.Report.number;

import ai.onnxruntime.OrtEnvironment;
import io.modelservice.e2e.bench.Report;
import io.modelservice.e2e.bench.servers.OnAndOff.Outcome;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What it brings, and what it costs, that requests share runs of the model. */
final class Batching implements ServerBench {
  private static final List<Subject> SUBJECTS =
      List.of(
          Subject.SIMPLE,
          Subject.EFFICIENTNET,
          Subject.MINILM,
          Subject.SENTENCE,
          Subject.PARAGRAPH,
          Subject.WIDE);

  private static final List<String> HEAD =
      List.of(
          "model",
          "c",
          "p50 ms on",
          "off",
          "on / off",
          "p99 ms on",
          "off",
          "requests/s on",
          "off",
          "on / off",
          "rows per run");

  private final Setup setup;

  Batching(Setup setup) {
    this.setup = setup;
  }

  @Override
  public String title() {
    return "batching";
  }

  @Override
  public String setting() {
    return """
        ONNX Runtime %s; the runtime as its image starts it, on: with its defaults, off: with `--max-batch 1`.
        Medians of %d rounds in which the two take turns, after one that warms up; %d s each, by wrk on the same cores (c: its connections), binary tensors.
        A ratio is the median of the rounds' own ratios. A figure with failed requests does not count.\
        """
        .formatted(OrtEnvironment.getEnvironment().getVersion(), setup.rounds(), setup.seconds());
  }

  @Override
  public void measure(Report report) {
    var outcomes = SUBJECTS.stream().map(subject -> OnAndOff.of(setup, subject)).toList();
    report.table(
        "On and off",
        "Rows per run: the mean of how many requests an answer's run was shared by, when on.",
        HEAD,
        outcomes.stream()
            .flatMap(outcome -> Comparison.CONNECTIONS.stream().map(c -> row(outcome, c)))
            .toList());
  }

  private static List<String> row(Outcome outcome, int connections) {
    var row = new Row(outcome, connections);
    return List.of(
        outcome.subject().about(),
        String.valueOf(connections),
        row.median(Sharing.ON, Point::p50),
        row.median(Sharing.OFF, Point::p50),
        row.ratio(Point::p50),
        row.median(Sharing.ON, Point::p99),
        row.median(Sharing.OFF, Point::p99),
        row.median(Sharing.ON, Point::perSecond),
        row.median(Sharing.OFF, Point::perSecond),
        row.ratio(Point::perSecond),
        number(outcome.runs().getOrDefault(row.line(Sharing.ON), Runs.NONE).rowsPerRun()));
  }

  /** One model on so many connections. */
  private record Row(Outcome outcome, int connections) {
    Line line(Sharing sharing) {
      return sharing.line(connections);
    }

    String median(Sharing sharing, ToDoubleFunction<Point> figure) {
      return Figures.cell(outcome.figures().median(line(sharing), figure));
    }

    String ratio(ToDoubleFunction<Point> figure) {
      return Figures.cell(outcome.figures().ratio(line(Sharing.ON), line(Sharing.OFF), figure));
    }
  }
}
