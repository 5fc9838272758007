package io.modelservice.e2e.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The operator as an administrator installs it, with Helm. */
public final class Chart {
  public static final String NAMESPACE = "modelservice-system";
  public static final String RELEASE = "modelservice-operator";

  /** The user that the operator is to the API server. */
  public static final String USER = "system:serviceaccount:" + NAMESPACE + ":" + RELEASE;

  private final Settings settings;
  private final KubernetesClient client;

  Chart(Settings settings, KubernetesClient client) {
    this.settings = settings;
    this.client = client;
  }

  public boolean installed() {
    return Command.run("helm", "list", "--namespace", NAMESPACE, "--short").contains(RELEASE);
  }

  /**
   * Installs or upgrades, and waits until the operator is ready.
   *
   * @param values as {@code name=value}, on top of the chart's own
   */
  public void install(String... values) {
    var command =
        new ArrayList<>(
            List.of("helm", "upgrade", "--install", RELEASE, chart(), "--wait", "--timeout", "5m"));
    command.addAll(List.of("--namespace", NAMESPACE, "--create-namespace"));
    image(command, "image", settings.operatorImage());
    image(command, "runtimeImage", settings.runtimeImage());
    command.addAll(List.of("--set-string", "podAnnotations.imageDigest=" + digest()));
    for (var value : values) {
      command.addAll(List.of("--set", value));
    }
    Command.run(command.toArray(String[]::new));
  }

  /** Removes the release and waits until its pods are gone. */
  public void uninstall() {
    Command.run("helm", "uninstall", RELEASE, "--namespace", NAMESPACE, "--wait");
  }

  /** The operator's pods. */
  public List<Pod> pods() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/instance", RELEASE)
        .list()
        .getItems();
  }

  /** Kills as the kernel would, without a chance to finish anything; one already gone is fine. */
  public void kill(Pod pod) {
    client.resource(pod).withGracePeriod(0).delete();
  }

  private String chart() {
    return settings.root().resolve("helm/modelservice-operator").toString();
  }

  private static void image(List<String> command, String value, String image) {
    var colon = image.lastIndexOf(':');
    command.addAll(List.of("--set", value + ".repository=" + image.substring(0, colon)));
    command.addAll(List.of("--set", value + ".tag=" + image.substring(colon + 1)));
  }

  /** A tag that stays while its content changes would leave the old operator running. */
  private String digest() {
    var file = settings.root().resolve("target/images/operator.digest");
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "unknown";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
