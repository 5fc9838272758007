package io.modelservice.e2e.bench;

import static io.modelservice.e2e.bench.Report.number;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.modelservice.crds.ModelService;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From {@code kubectl apply} to the first answer, and where the time goes. */
final class ColdStart {
  private static final int RUNS = 5;
  private static final String SERVICE = "cold";
  private static final List<Tensor> NOISE =
      List.of(Tensor.noise("image", 3, List.of(1L, 3L, 224L, 224L)));

  private final Space space;
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  /** Of the pod, once it is known. */
  private volatile @Nullable String address;

  private volatile @Nullable Endpoint endpoint;

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
    try (var timeline = new Timeline();
        var pods = pods().watch(onEvent(pod -> look(pod, timeline)));
        var services = services().watch(onEvent(service -> look(service, timeline)))) {
      timeline.poll("runtime", () -> state().isPresent());
      timeline.poll("answer", this::answers);
      space.apply(SERVICE, Models.EFFICIENTNET);
      await("the first answer").atMost(Duration.ofMinutes(2)).until(() -> timeline.complete(5));
      note(timeline);
    }
    space.kubectl("delete", "ms", SERVICE);
    await("all is gone")
        .atMost(Duration.ofMinutes(2))
        .until(() -> space.objects(SERVICE).isEmpty());
    address = null;
    endpoint = null;
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
    return space.client().pods().inNamespace(space.name()).withLabel(Space.SERVICE, SERVICE);
  }

  private Resource<ModelService> services() {
    var services = space.client().resources(ModelService.class);
    return services.inNamespace(space.name()).withName(SERVICE);
  }

  private void look(Pod pod, Timeline timeline) {
    if (pod.getSpec().getNodeName() != null) {
      timeline.note("scheduled");
    }
    address = pod.getStatus().getPodIP();
    if (isReady(pod)) {
      timeline.note("ready");
    }
  }

  private static void look(ModelService service, Timeline timeline) {
    var status = service.getStatus();
    if (status != null
        && status.conditions() != null
        && status.conditions().stream()
            .anyMatch(c -> c.type().equals("Ready") && c.status().equals("True"))) {
      timeline.note("reported");
    }
  }

  private static <T> Watcher<T> onEvent(Consumer<T> look) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, T object) {
        look.accept(object);
      }

      @Override
      public void onClose(WatcherException cause) {
        throw new AssertionError("the API server ended a watch", cause);
      }
    };
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

  private static double millis(@Nullable Long millis) {
    return requireNonNull(millis) / 1e3;
  }

  private void add(String what, double value) {
    seconds.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private Optional<PodState> state() {
    return Optional.ofNullable(address).flatMap(ColdStart::state);
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
    try {
      var known = endpoint;
      if (known != null) {
        return known.infer(InferenceRequest.binary(NOISE)).statusCode() == 200;
      }
      var services = space.client().services().inNamespace(space.name());
      endpoint = services.withName(SERVICE).get() == null ? null : space.endpoint(SERVICE);
      return false;
    } catch (AssertionError e) {
      return false; // nobody listens yet
    }
  }
}
