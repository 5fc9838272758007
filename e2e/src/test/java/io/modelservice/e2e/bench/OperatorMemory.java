package io.modelservice.e2e.bench;

import static io.modelservice.e2e.bench.Report.number;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.Endpoint;
import io.modelservice.e2e.cluster.Chart;
import io.modelservice.e2e.cluster.Command;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.Space;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the operator's container holds in memory, as its node says. */
final class OperatorMemory {
  private static final int READY = 20;
  private static final int ALL = 100;
  private static final double MEGABYTE = 1e6;
  private static final String SMALL = "resources: {requests: {cpu: 50m, memory: 256Mi}}\n";

  private final Space space;
  private final List<List<String>> rows = new ArrayList<>();

  private OperatorMemory(Space space) {
    this.space = space;
  }

  static void measure(Space space, Report report) {
    var memory = new OperatorMemory(space);
    memory.restartOperator();
    memory.ready(0, 1);
    memory.note("1");
    memory.ready(1, READY);
    IntStream.range(READY, ALL)
        .forEach(i -> space.apply("many-" + i, Models.SIMPLE + SMALL + "suspend: true\n"));
    IntStream.range(READY, ALL)
        .forEach(i -> space.awaitCondition("many-" + i, "Ready", Reason.Suspended));
    memory.note(ALL + " (" + READY + " Ready, the others suspended)");
    report.table(
        "Memory of the operator",
        "From the kubelet's summary, some time after the last service came to rest.",
        List.of("services", "resident MB", "working set MB"),
        memory.rows);
  }

  /** What earlier benchmarks left in its heap is not what is measured. */
  private void restartOperator() {
    var deployment = "deployment/" + Chart.RELEASE;
    for (var verb : List.of("restart", "status")) {
      Command.run("kubectl", "--namespace", Chart.NAMESPACE, "rollout", verb, deployment);
    }
  }

  private void ready(int from, int to) {
    IntStream.range(from, to).forEach(i -> space.apply("many-" + i, Models.SIMPLE + SMALL));
    IntStream.range(from, to).forEach(i -> space.awaitReady("many-" + i));
  }

  private void note(String services) {
    var since = memory().path("time").asText();
    // two samples later
    await("a new sample")
        .pollInterval(Duration.ofSeconds(5))
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                Instant.parse(memory().path("time").asText())
                    .isAfter(Instant.parse(since).plusSeconds(30)));
    var memory = memory();
    rows.add(
        List.of(
            services,
            number(memory.path("rssBytes").asDouble() / MEGABYTE),
            number(memory.path("workingSetBytes").asDouble() / MEGABYTE)));
  }

  private JsonNode memory() {
    var pod = space.cluster().chart().pods().getFirst();
    var path = "/api/v1/nodes/" + pod.getSpec().getNodeName() + "/proxy/stats/summary";
    var summary = Endpoint.json(space.client().raw(path).getBytes(StandardCharsets.UTF_8));
    for (var candidate : summary.path("pods")) {
      if (candidate.path("podRef").path("uid").asText().equals(pod.getMetadata().getUid())) {
        return candidate.path("containers").path(0).path("memory");
      }
    }
    throw new AssertionError("the kubelet says nothing about the operator's pod");
  }
}
