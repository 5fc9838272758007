package io.modelservice.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
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

  private final AtomicBoolean held = new AtomicBoolean(LaunchMode.current() != LaunchMode.NORMAL);

  public boolean held() {
    return held.get();
  }

  @Produces
  @Singleton
  LeaderElectionConfiguration election(
      @ConfigProperty(name = "modelservice.operator.namespace", defaultValue = "default")
          String namespace,
      @ConfigProperty(name = "modelservice.operator.pod", defaultValue = "local") String pod) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseNamespace(namespace)
        .withIdentity(pod)
        .withLeaderCallbacks(
            new LeaderCallbacks(this::start, this::stop, leader -> LOG.infof("leader: %s", leader)))
        .build();
  }

  private void start() {
    held.set(true);
  }

  private void stop() {
    held.set(false);
  }
}
