package io.modelservice.operator.plan;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Replaces pods one more first, and turns to one less first when the additional pod finds no node
 * for {@link #WAIT}: a full GPU fleet must not block a change for ever.
 */
final class SurgePolicy {
  /** How long a surge pod may be unschedulable before the way changes. */
  static final Duration WAIT = Duration.ofSeconds(30);

  /**
   * The way to take.
   *
   * @param lookAgain when the wait for a node ends
   */
  record Choice(Surge surge, Optional<Instant> lookAgain) {}

  Choice choose(Observation observed, Instant now) {
    if (observed.deployment().filter(SurgePolicy::replacesPods).isEmpty()) {
      return new Choice(Surge.ONE_MORE, Optional.empty());
    }
    if (observed.deployment().filter(SurgePolicy::takesOneFirst).isPresent()) {
      return new Choice(Surge.ONE_LESS, Optional.empty());
    }
    var turn =
        observed.pods().stream()
            .flatMap(pod -> pod.unschedulable().stream())
            .map(ServingPod.Unschedulable::since)
            .min(Comparator.naturalOrder())
            .map(since -> since.plus(WAIT));
    if (turn.isPresent() && !turn.get().isAfter(now)) {
      return new Choice(Surge.ONE_LESS, Optional.empty());
    }
    return new Choice(Surge.ONE_MORE, turn);
  }

  /** Pods of another template are still there. */
  private static boolean replacesPods(Deployment deployment) {
    var status = deployment.getStatus();
    if (status == null || status.getReplicas() == null || status.getReplicas() == 0) {
      return false;
    }
    var updated = status.getUpdatedReplicas() == null ? 0 : status.getUpdatedReplicas();
    return updated < status.getReplicas();
  }

  private static boolean takesOneFirst(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    return strategy != null
        && strategy.getRollingUpdate() != null
        && Integer.valueOf(0).equals(strategy.getRollingUpdate().getMaxSurge().getIntVal());
  }
}
