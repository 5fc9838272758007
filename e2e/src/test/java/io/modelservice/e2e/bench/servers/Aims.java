package io.modelservice.e2e.bench.servers;

import static io.modelservice.e2e.bench.Report.number;

import io.modelservice.e2e.bench.Report;
import io.modelservice.e2e.bench.servers.Comparison.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the runtime shall reach, beside what was seen. */
final class Aims {
  private final Setup setup;
  private final List<List<String>> rows = new ArrayList<>();

  private Aims(Setup setup) {
    this.setup = setup;
  }

  static void report(Setup setup, Map<Subject, Outcome> outcomes, Starts starts, Report report) {
    var aims = new Aims(setup);
    outcomes.values().forEach(aims::add);
    aims.add(starts);
    report.table(
        "Aims",
        "Of medians. No figure where a request failed.",
        List.of("what", "aim", "seen", ""),
        aims.rows);
  }

  private void add(Outcome outcome) {
    if (outcome.subject().equals(Subject.SIMPLE)) {
      overhead(outcome);
    } else {
      efficiency(outcome);
    }
    if (outcome.subject().equals(Subject.EFFICIENTNET)) {
      decoding(outcome.phases());
    }
  }

  /** A model that costs nothing shows the server alone. */
  private void overhead(Outcome outcome) {
    var figures = outcome.figures();
    for (var encoding : Server.KSERVE.encodings()) {
      var factor =
          figures.perSecond(line(Server.RUNTIME, encoding, Comparison.MANY))
              / figures.perSecond(line(Server.KSERVE, encoding, Comparison.MANY));
      atLeast("simple, %s, c=16: requests/s to KServe's".formatted(encoding.label()), 15, factor);
    }
    var factor =
        figures.perSecond(line(Server.RUNTIME, Encoding.JSON, Comparison.MANY))
            / figures.perSecond(line(Server.FASTAPI, Encoding.JSON, Comparison.MANY));
    atLeast("simple, JSON, c=16: requests/s to FastAPI's", 4, factor);
    var part =
        figures.median(line(Server.RUNTIME, Encoding.JSON, 1), Point::p50)
            / figures.median(line(Server.KSERVE, Encoding.JSON, 1), Point::p50);
    atMost("simple, JSON, c=1: p50 to KServe's", 0.125, part);
  }

  private void efficiency(Outcome outcome) {
    var figures = outcome.figures();
    var ceiling = figures.perSecond(Line.loop(Comparison.threads()));
    for (var encoding : Server.RUNTIME.encodings()) {
      var aim = encoding == Encoding.BINARY ? 0.97 : 0.65;
      var part = figures.perSecond(line(Server.RUNTIME, encoding, Comparison.MANY)) / ceiling;
      var what =
          "%s, %s, c=16: requests/s to the loop's on %d threads"
              .formatted(outcome.subject().name(), encoding.label(), Comparison.threads());
      atLeast(what, aim, part);
    }
  }

  private void decoding(Map<Encoding, Phases> phases) {
    for (var encoding : Server.RUNTIME.encodings()) {
      var aim = encoding == Encoding.BINARY ? 0.1 : 3;
      var seen = phases.getOrDefault(encoding, Phases.NONE).decode();
      atMost("decoding 224x224x3 FP32, %s, ms".formatted(encoding.label()), aim, seen);
    }
  }

  private void add(Starts starts) {
    atMost("start with the AOT cache, s", 1.5, starts.cached());
    atMost("start with the AOT cache to without it", 0.6, starts.cached() / starts.uncached());
  }

  private Line line(Server server, Encoding encoding, int connections) {
    return Line.of(server.label(setup), encoding, connections);
  }

  private void atLeast(String what, double aim, double seen) {
    add(what, ">= " + plain(aim), seen, seen >= aim);
  }

  private void atMost(String what, double aim, double seen) {
    add(what, "<= " + plain(aim), seen, seen <= aim);
  }

  private void add(String what, String aim, double seen, boolean met) {
    rows.add(
        List.of(
            what,
            aim,
            Double.isNaN(seen) ? "not measured" : number(seen),
            met ? "met" : "**missed**"));
  }

  private static String plain(double aim) {
    return aim == Math.rint(aim) ? String.valueOf((long) aim) : String.valueOf(aim);
  }

  static String percent(double part) {
    var digits = part < 0.1 ? 1 : 0;
    return Double.isNaN(part)
        ? "-"
        : String.format(Locale.ROOT, "%." + digits + "f %%", part * 100);
  }
}
