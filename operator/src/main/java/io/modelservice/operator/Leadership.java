package io.modelservice.operator;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Whether this process is the one that acts. Only in production is there an election. */
@ApplicationScoped
public class Leadership {
  private static final Logger LOG = Logger.getLogger(Leadership.class);
  private static final String LEASE = "modelservice-operator";

  /** After the event at which the Operator SDK stops, and with it the renewal of the lease. */
  private static final int LAST = 5000;

  private final AtomicBoolean held = new AtomicBoolean(LaunchMode.current() != LaunchMode.NORMAL);
  private final String namespace;
  private final String pod;

  Leadership(
      @ConfigProperty(name = "modelservice.operator.namespace", defaultValue = "default")
          String namespace,
      @ConfigProperty(name = "modelservice.operator.pod", defaultValue = "local") String pod) {
    this.namespace = namespace;
    this.pod = pod;
  }

  public boolean held() {
    return held.get();
  }

  @Produces
  @Singleton
  LeaderElectionConfiguration election() {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseNamespace(namespace)
        .withIdentity(pod)
        .withLeaderCallbacks(
            new LeaderCallbacks(this::start, this::stop, leader -> LOG.infof("leader: %s", leader)))
        .build();
  }

  /**
   * Hands the lease back, so that the next process need not wait for it to expire. Its own client:
   * the Operator SDK has closed the shared one.
   */
  void release(@Observes @Priority(LAST) ShutdownEvent event) {
    if (LaunchMode.current() != LaunchMode.NORMAL) {
      return;
    }
    try (var client = new KubernetesClientBuilder().build()) {
      var lease = client.leases().inNamespace(namespace).withName(LEASE).get();
      if (lease != null && pod.equals(lease.getSpec().getHolderIdentity())) {
        lease.getSpec().setHolderIdentity("");
        lease.getSpec().setLeaseDurationSeconds(1);
        var _ = client.resource(lease).lockResourceVersion().update();
      }
    } catch (KubernetesClientException e) {
      LOG.infof("the lease was not handed back and will expire: %s", e.getMessage());
    }
  }

  private void start() {
    held.set(true);
  }

  private void stop() {
    held.set(false);
  }
}
