package io.modelservice.e2e.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The cluster of a run: the operator is installed on it once, and its store is filled once. */
public final class Cluster implements AutoCloseable {
  private final Settings settings;
  private final KubernetesClient client;
  private final Chart chart;
  private final boolean installedBefore;
  private final List<Space> spaces = new ArrayList<>();

  private Cluster(Settings settings, KubernetesClient client) {
    this.settings = settings;
    this.client = client;
    this.chart = new Chart(settings, client);
    this.installedBefore = chart.installed();
  }

  /** The one of this run. */
  static Cluster of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Cluster.class))
        .computeIfAbsent(Cluster.class, key -> open(), Cluster.class);
  }

  /** Installs the operator from this repository's chart and fills the store. */
  public static Cluster open() {
    var settings = Settings.fromEnvironment();
    var cluster = new Cluster(settings, new KubernetesClientBuilder().build());
    new Store(settings).fill();
    cluster.chart.install();
    return cluster;
  }

  /** A fresh namespace of this name. */
  public Space space(String namespace) {
    var space = Space.create(this, namespace);
    spaces.add(space);
    return space;
  }

  public Settings settings() {
    return settings;
  }

  public KubernetesClient client() {
    return client;
  }

  public Chart chart() {
    return chart;
  }

  /** What the API server has written about requests until now is left out of later reads. */
  public AuditLog auditLogFromNow() {
    return AuditLog.fromEnd(settings.auditLog());
  }

  public AuditLog wholeAuditLog() {
    return AuditLog.whole(settings.auditLog());
  }

  /** Waits for what the stories removed, and leaves the operator where it was before. */
  @Override
  public void close() {
    spaces.forEach(Space::awaitRemoved);
    if (!installedBefore) {
      chart.uninstall();
    }
    client.close();
  }
}
