package io.modelservice.operator.plan;

import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** When a pod that does not tell its state becomes something to tell users of. */
public final class Silence {
  /** A starting process and a busy node are silent for a while without anything being wrong. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Silence() {}

  public static boolean isTrouble(ServingPod pod, Instant now) {
    return pod.silentSince().filter(since -> !since.plus(PATIENCE).isAfter(now)).isPresent();
  }

  /** The next moment at which a silent pod becomes trouble. */
  static Optional<Instant> deadline(Observation observed, Instant now) {
    return observed.pods().stream()
        .flatMap(pod -> pod.silentSince().stream())
        .map(since -> since.plus(PATIENCE))
        .filter(deadline -> deadline.isAfter(now))
        .min(Comparator.naturalOrder());
  }
}
