package io.modelservice.e2e.bench.servers;

import static io.modelservice.e2e.bench.Report.number;

import ai.onnxruntime.OrtEnvironment;
import io.modelservice.e2e.bench.Report;
import io.modelservice.e2e.bench.servers.Comparison.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runtime beside other servers of the same models, and what it shall reach. */
final class SideBySide implements ServerBench {
  private static final List<String> HEAD =
      List.of(
          "server",
          "request",
          "p50 ms",
          "p99 ms",
          "requests/s (least to most)",
          "of the loop",
          "CPU ms",
          "RSS MB",
          "failed");

  private final Setup setup;

  SideBySide(Setup setup) {
    this.setup = setup;
  }

  @Override
  public String title() {
    return "servers side by side";
  }

  @Override
  public String setting() {
    return """
        ONNX Runtime %s everywhere, 1 intra-op and 1 inter-op thread that does not spin; the runtime as its image starts it, with its defaults.
        Medians of %d rounds in which the servers take turns, %d s each, after %d s of full load in each encoding, which warm up; by wrk on the same cores (c: its connections).
        All servers of a model are up, one at a time is asked. Every server's answers were compared with ONNX Runtime's own before.
        HTTP in C, no model: reads the binary request and gives an answer of the right size that is always the same; what is slower than that is the server.
        CPU: user and system time of all processes of the server, of a request. A figure with failed requests does not count.\
        """
        .formatted(
            OrtEnvironment.getEnvironment().getVersion(),
            setup.rounds(),
            setup.seconds(),
            setup.warm());
  }

  @Override
  public void measure(Report report) {
    var outcomes = new LinkedHashMap<Subject, Outcome>();
    for (var subject : Subject.ALL) {
      var outcome = Comparison.of(setup, subject);
      outcomes.put(subject, outcome);
      report.table(subject.name(), how(outcome), HEAD, rows(outcome.figures()));
    }
    report.table(
        "Where the runtime's time goes",
        "Milliseconds of a request at c=1, as its statistics say.",
        Phases.HEAD,
        phases(outcomes));
    Ceilings.report(outcomes.values(), report);
    var starts = Starts.measure(setup);
    starts.report(report);
    Aims.report(setup, outcomes, starts, report);
  }

  private static String how(Outcome outcome) {
    return "%s.%n%s. c=1 is compared with the loop on 1 thread, c=16 with the one on %d."
        .formatted(outcome.subject().about(), steadiness(outcome.figures()), Comparison.threads());
  }

  /** How far the ceiling moved tells how far any figure can be believed. */
  private static String steadiness(Figures figures) {
    var loop = Line.loop(1);
    var runs = figures.of(loop).stream().map(Point::perSecond).toList();
    var spread = figures.of(loop).stream().mapToDouble(Point::perSecond).summaryStatistics();
    return "The loop on 1 thread, first %s and last %s runs/s, %s from least to most"
        .formatted(
            number(runs.getFirst()),
            number(runs.getLast()),
            Aims.percent((spread.getMax() - spread.getMin()) / figures.perSecond(loop)));
  }

  private static List<List<String>> rows(Figures figures) {
    return figures.lines().stream().map(line -> row(figures, line)).toList();
  }

  private static List<String> row(Figures figures, Line line) {
    var points = figures.of(line);
    var speed = points.stream().mapToDouble(Point::perSecond).summaryStatistics();
    var failed = figures.failed(line);
    return List.of(
        line.who(),
        line.how(),
        Figures.cell(figures.median(line, Point::p50)),
        Figures.cell(figures.median(line, Point::p99)),
        Figures.cell(figures.perSecond(line))
            + " (%s to %s)".formatted(number(speed.getMin()), number(speed.getMax())),
        ofTheLoop(figures, line),
        Figures.cell(figures.median(line, Point::cpu)),
        Figures.cell(points.getLast().resident()),
        failed == 0 ? "0" : "**" + failed + "**");
  }

  private static String ofTheLoop(Figures figures, Line line) {
    return line.who().equals(Line.LOOP) || line.who().equals(Line.FLOOR)
        ? ""
        : Aims.percent(figures.perSecond(line) / figures.perSecond(Line.loop(line.threads())));
  }

  private static List<List<String>> phases(Map<Subject, Outcome> outcomes) {
    var rows = new ArrayList<List<String>>();
    outcomes.forEach(
        (subject, outcome) ->
            Server.RUNTIME
                .encodings()
                .forEach(
                    encoding ->
                        rows.add(
                            outcome
                                .phases()
                                .getOrDefault(encoding, Phases.NONE)
                                .row(subject, encoding))));
    return rows;
  }
}
