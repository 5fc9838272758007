package io.modelservice.e2e.bench.servers;

import static io.modelservice.e2e.bench.Report.number;

import io.modelservice.e2e.bench.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From the start of the runtime's process until it is ready, with the AOT cache and without it. */
final class Starts {
  private static final String CACHED = "cached";
  private static final String UNCACHED = "uncached";

  private final Setup setup;
  private final Map<String, List<Start>> starts = new TreeMap<>();

  private Starts(Setup setup) {
    this.setup = setup;
  }

  /**
   * One start.
   *
   * @param cpu seconds of CPU until it was ready
   */
  private record Start(double seconds, double cpu) {}

  static Starts measure(Setup setup) {
    var starts = new Starts(setup);
    for (var run = 0; run <= setup.starts(); run++) {
      for (var kind : List.of(CACHED, UNCACHED)) {
        var start = starts.start(kind);
        if (run > 0) { // the first one brings the files into memory
          starts.starts.computeIfAbsent(kind, key -> new ArrayList<>()).add(start);
        }
      }
    }
    return starts;
  }

  private Start start(String kind) {
    var subject = Subject.EFFICIENTNET;
    var log = setup.work().resolve("start-" + kind + ".log");
    try (var server =
        ServerProcess.start(
            port -> Server.image(setup, kind, subject, port), subject.name(), log)) {
      return new Start(server.secondsToReady(), server.tree().cpuMillis() / 1e3);
    }
  }

  /** Seconds until ready with the AOT cache, the median. */
  double cached() {
    return median(CACHED);
  }

  /** Seconds until ready without the AOT cache, the median. */
  double uncached() {
    return median(UNCACHED);
  }

  private double median(String kind) {
    return Report.median(of(kind).stream().map(Start::seconds).toList());
  }

  private List<Start> of(String kind) {
    return starts.getOrDefault(kind, List.of());
  }

  void report(Report report) {
    var head = new ArrayList<>(List.of("AOT cache"));
    for (var run = 1; run <= setup.starts(); run++) {
      head.add("run " + run);
    }
    head.addAll(List.of("median", "CPU s"));
    report.table(
        "Start of the runtime",
        "Seconds from the start of the image's process to the first answer that it is ready, with"
            + " EfficientNet-Lite0 from a folder; with the cache, %s of the time without it."
                .formatted(Aims.percent(cached() / uncached())),
        head,
        List.of(row("with", CACHED), row("without", UNCACHED)));
  }

  private List<String> row(String label, String kind) {
    var row = new ArrayList<>(List.of(label));
    of(kind).forEach(start -> row.add(number(start.seconds())));
    row.add("**" + number(median(kind)) + "**");
    row.add(number(Report.median(of(kind).stream().map(Start::cpu).toList())));
    return row;
  }
}
