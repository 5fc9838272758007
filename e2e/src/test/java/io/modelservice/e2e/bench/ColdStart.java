package io.modelservice.e2e.bench;

import static io.modelservice.e2e.bench.Report.number;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState;
import io.modelservice.e2e.client.Endpoint;
import io.modelservice.e2e.client.InferenceRequest;
import io.modelservice.e2e.client.Tensor;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From {@code kubectl apply} to the first answer, and where the time goes. */
final class ColdStart {
  private static final int RUNS = 5;
  private static final String SERVICE = "cold";
  private static final List<Tensor> NOISE =
      List.of(Tensor.noise("image", 3, List.of(1L, 3L, 224L, 224L)));

  private final Space space;
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  private ColdStart(Space space) {
    this.space = space;
  }

  static void measure(Space space, Report report) {
    var start = new ColdStart(space);
    for (var run = 0; run < RUNS; run++) {
      start.run();
    }
    report.table(
        "Apply to first answer",
        "EfficientNet-Lite0 (18 MB) from S3, image on the node, seconds since `kubectl apply` began"
            + " unless said otherwise.",
        head(),
        start.rows());
  }

  private static List<String> head() {
    var head = new ArrayList<>(List.of("what"));
    for (var run = 1; run <= RUNS; run++) {
      head.add("run " + run);
    }
    head.add("median");
    return head;
  }

  private List<List<String>> rows() {
    var rows = new ArrayList<List<String>>();
    seconds.forEach(
        (what, values) -> {
          var row = new ArrayList<>(List.of(what));
          values.forEach(value -> row.add(number(value)));
          row.add("**" + number(Report.median(values)) + "**");
          rows.add(row);
        });
    return rows;
  }

  private void run() {
    try (var timeline = new Timeline()) {
      timeline.watch("scheduled", () -> pod().map(pod -> pod.getSpec().getNodeName()).isPresent());
      timeline.watch("runtime", () -> state().isPresent());
      timeline.watch("answer", this::answers);
      timeline.watch("ready", () -> pod().filter(ColdStart::isReady).isPresent());
      timeline.watch("reported", this::isReported);
      space.apply(SERVICE, Models.EFFICIENTNET);
      await("the first answer").atMost(Duration.ofMinutes(2)).until(() -> timeline.complete(5));
      note(timeline);
    }
    space.kubectl("delete", "ms", SERVICE);
    await("all is gone")
        .atMost(Duration.ofMinutes(2))
        .until(() -> space.objects(SERVICE).isEmpty());
  }

  private void note(Timeline timeline) {
    var model = state().orElseThrow().models().getFirst().timings();
    var load = millis(model.loadMillis());
    add("pod scheduled", timeline.at("scheduled"));
    HostProcesses.startOf(space.pod(SERVICE))
        .ifPresent(
            started -> {
              add("runtime process started", timeline.since(started));
              add(
                  "runtime process start to pod ready (duration)",
                  timeline.at("ready") - timeline.since(started));
            });
    add("runtime answers on its management port", timeline.at("runtime"));
    add("fetch (duration)", millis(model.fetchMillis()));
    add("load (duration)", load);
    add("warm-up (duration)", millis(model.warmUpMillis()));
    add("pod ready", timeline.at("ready"));
    add("first answer of status 200", timeline.at("answer"));
    add("Ready in the status", timeline.at("reported"));
    add("first answer beyond the model's own load time", timeline.at("answer") - load);
  }

  private static double millis(@org.jspecify.annotations.Nullable Long millis) {
    return requireNonNull(millis) / 1e3;
  }

  private void add(String what, double value) {
    seconds.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
  }

  private Optional<Pod> pod() {
    return space.pods(SERVICE).stream().findFirst();
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private boolean isReported() {
    var services = space.client().resources(io.modelservice.crds.ModelService.class);
    return services.inNamespace(space.name()).withName(SERVICE).get() != null
        && space.condition(SERVICE, "Ready").filter(c -> c.status().equals("True")).isPresent();
  }

  private Optional<PodState> state() {
    return pod()
        .flatMap(pod -> Optional.ofNullable(pod.getStatus().getPodIP()))
        .flatMap(ColdStart::state);
  }

  private static Optional<PodState> state(String address) {
    try {
      var management = new Endpoint(URI.create("http://" + address + ":9000"), SERVICE);
      return Optional.of(ContractJson.readState(management.get("/state").body()));
    } catch (IOException | AssertionError e) {
      return Optional.empty(); // not yet
    }
  }

  private boolean answers() {
    if (space.client().services().inNamespace(space.name()).withName(SERVICE).get() == null) {
      return false;
    }
    try {
      var request = InferenceRequest.binary(NOISE);
      return space.endpoint(SERVICE).infer(request).statusCode() == 200;
    } catch (AssertionError e) {
      return false; // nobody listens yet
    }
  }
}
