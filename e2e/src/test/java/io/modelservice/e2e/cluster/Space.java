package io.modelservice.e2e.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.modelservice.crds.Condition;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceStatus.Stable;
import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One namespace, and what its user does and sees there. */
public final class Space {
  /** Labels every object of a service. */
  public static final String SERVICE = "serving.modelservice.io/service";

  private static final Duration SCALING = Duration.ofMinutes(2);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** From a pod's readiness to the rules of each node's kube-proxy. */
  private static final Duration PROPAGATION = Duration.ofSeconds(10);

  private static final Duration GLANCE = Duration.ofMillis(250);

  private final Cluster cluster;
  private final String namespace;

  private Space(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** A fresh namespace that holds the keys of the store in the Secret {@code store-keys}. */
  static Space create(Cluster cluster, String namespace) {
    var space = new Space(cluster, namespace);
    space.remove();
    space.awaitRemoved();
    var metadata = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
    cluster.client().resource(metadata.build()).create();
    space.secret("store-keys", Store.keys(Store.SECRET_KEY));
    return space;
  }

  /** Begins to delete the namespace with all that is in it. */
  public void remove() {
    client().namespaces().withName(namespace).delete();
  }

  /** Waits until a namespace of this name is gone. */
  public void awaitRemoved() {
    await("namespace " + namespace + " to be gone")
        .atMost(LONG)
        .pollInterval(GLANCE)
        .until(() -> client().namespaces().withName(namespace).get() == null);
  }

  public void secret(String name, Map<String, String> keys) {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(keys)
                .build())
        .create();
  }

  public Cluster cluster() {
    return cluster;
  }

  public KubernetesClient client() {
    return cluster.client();
  }

  public String name() {
    return namespace;
  }

  /** kubectl in this namespace; its standard output. */
  public String kubectl(String... arguments) {
    return Command.run(kubectlCommand(arguments));
  }

  private String[] kubectlCommand(String... arguments) {
    var all = new ArrayList<>(List.of("kubectl", "--namespace", namespace));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  /** The YAML that a user writes. */
  public static String yaml(String service, String spec) {
    return """
        apiVersion: serving.modelservice.io/v1alpha1
        kind: ModelService
        metadata: {name: %s}
        spec:
        %s"""
        .formatted(service, spec.indent(2));
  }

  /** Creates or changes a service: {@code kubectl apply}. */
  public void apply(String service, String spec) {
    Command.runWith(yaml(service, spec), kubectlCommand("apply", "--filename", "-"));
  }

  /** Changes how many pods there are, and waits until so many are ready. */
  public void scale(String service, int replicas) {
    kubectl("scale", "ms/" + service, "--replicas=" + replicas);
    await("%d ready pods of %s".formatted(replicas, service))
        .atMost(SCALING)
        .until(() -> pods(service).stream().filter(Readiness::isPodReady).count() == replicas);
  }

  public ModelService get(String service) {
    return requireNonNull(
        client().resources(ModelService.class).inNamespace(namespace).withName(service).get(),
        service);
  }

  public Optional<Condition> condition(String service, String type) {
    var status = get(service).getStatus();
    return status == null || status.conditions() == null
        ? Optional.empty()
        : status.conditions().stream().filter(c -> c.type().equals(type)).findFirst();
  }

  /** Waits until the spec as it is now is served, and this node knows the way to it. */
  public Stable awaitReady(String service) {
    awaitCondition(service, "Ready", "True", null);
    await("service %s answers as it says".formatted(service))
        .atMost(PROPAGATION)
        .pollInterval(GLANCE)
        .untilAsserted(
            () ->
                assertThat(endpoint(service).get("/v2/health/ready").statusCode()).isEqualTo(200));
    return stable(service);
  }

  /** The revision that answers. */
  public Stable stable(String service) {
    return requireNonNull(get(service).getStatus().stable(), service);
  }

  /** Waits for a condition about the spec as it is now. */
  public Condition awaitCondition(String service, String type, Reason reason) {
    return awaitCondition(service, type, "False", reason);
  }

  /** Waits for a condition about the spec as it is now; any reason will do if none is given. */
  public Condition awaitCondition(
      String service, String type, String status, @Nullable Reason reason) {
    var expected = type + "=" + status + (reason == null ? "" : " " + reason);
    await("service %s: %s".formatted(service, expected))
        .atMost(LONG)
        .pollInterval(GLANCE)
        .untilAsserted(
            () ->
                assertThat(condition(service, type))
                    .hasValueSatisfying(
                        now -> {
                          assertThat(now.observedGeneration())
                              .isEqualTo(get(service).getMetadata().getGeneration());
                          var seen = now.type() + "=" + now.status();
                          assertThat(reason == null ? seen : seen + " " + now.reason())
                              .as(now.message())
                              .isEqualTo(expected);
                        }));
    return condition(service, type).orElseThrow();
  }

  /** The service's pods that are not on their way out. */
  public List<Pod> pods(String service) {
    return everyPod(service).stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** Waits until the last pod has left; until then it may still answer. */
  public void awaitNoPods(String service) {
    await("no pods of " + service).atMost(LONG).until(() -> everyPod(service).isEmpty());
  }

  private List<Pod> everyPod(String service) {
    var pods =
        client()
            .pods()
            .inNamespace(namespace)
            .withLabel(SERVICE, service)
            .withLabel("app.kubernetes.io/component", "server");
    return pods.list().getItems();
  }

  /** The only pod of a service. */
  public Pod pod(String service) {
    var pods = pods(service);
    assertThat(pods).as("pods of %s", service).hasSize(1);
    return pods.getFirst();
  }

  /** Uid and restarts of each pod: equal before and after if nothing was restarted. */
  public List<String> processes(String service) {
    return pods(service).stream()
        .map(
            pod ->
                pod.getMetadata().getUid()
                    + " restarts "
                    + pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
        .sorted()
        .toList();
  }

  /** The address that clients in the cluster use; the host is one of its nodes. */
  public Endpoint endpoint(String service) {
    var object = client().services().inNamespace(namespace).withName(service).get();
    var address = requireNonNull(object, service).getSpec().getClusterIP();
    return new Endpoint(URI.create("http://" + address), service);
  }

  /** The addresses of its pods: a connection to that of the service stays with one of them. */
  public List<Endpoint> podEndpoints(String service) {
    return pods(service).stream()
        .map(pod -> URI.create("http://" + pod.getStatus().getPodIP() + ":8080"))
        .map(address -> new Endpoint(address, service))
        .toList();
  }

  /** Events about a service. */
  public List<Event> events(String service) {
    return client().events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getRegarding() != null)
        .filter(event -> service.equals(event.getRegarding().getName()))
        .filter(event -> "ModelService".equals(event.getRegarding().getKind()))
        .toList();
  }

  /** Everything that carries the service's label, of whatever kind. */
  public List<String> objects(String service) {
    var kinds =
        Command.run("kubectl", "api-resources", "--namespaced", "--verbs=list", "--output=name");
    return kubectl(
            "get",
            String.join(",", kinds.strip().split("\\s+")),
            "--selector",
            SERVICE + "=" + service,
            "--output=name",
            "--ignore-not-found")
        .lines()
        .toList();
  }
}
