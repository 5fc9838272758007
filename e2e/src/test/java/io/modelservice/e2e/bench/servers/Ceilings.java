package io.modelservice.e2e.bench.servers;

import static io.modelservice.e2e.bench.Report.number;

import io.modelservice.e2e.bench.Report;
import io.modelservice.e2e.bench.servers.Comparison.Outcome;
import java.util.Collection;
import java.util.List;

/** What no server on these cores can exceed, for the client works on them too. */
final class Ceilings {
  private static final List<String> HEAD =
      List.of("model", "loop in C, runs/s", "HTTP in C, requests/s", "both", "of the loop");

  private Ceilings() {}

  static void report(Collection<Outcome> outcomes, Report report) {
    report.table(
        "What a server could reach",
        "Both: requests/s if each takes what a run of the loop on %d threads takes and what the same request in binary takes of HTTP in C and its client, c=16."
            .formatted(Comparison.threads()),
        HEAD,
        outcomes.stream().map(Ceilings::row).toList());
  }

  private static List<String> row(Outcome outcome) {
    var loop = outcome.figures().perSecond(Line.loop(Comparison.threads()));
    var http = outcome.figures().perSecond(Line.floor(Comparison.MANY));
    var both = 1 / (1 / loop + 1 / http);
    return List.of(
        outcome.subject().name(),
        number(loop),
        number(http),
        number(both),
        Aims.percent(both / loop));
  }
}
