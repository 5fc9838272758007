package io.modelservice.operator.report;

import io.modelservice.crds.Durations;
import io.modelservice.crds.ModelServiceStatus;
import io.modelservice.crds.ModelServiceStatus.ColdStart;
import io.modelservice.crds.contract.PodState;
import io.modelservice.operator.observe.ServingPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the newest pod came up. Told once for each pod: what happens to it later is no cold start.
 */
final class ColdStarts {
  private ColdStarts() {}

  static @Nullable ColdStart newest(Progress progress) {
    var known =
        Optional.ofNullable(progress.service().getStatus()).map(ModelServiceStatus::coldStart);
    var newest = progress.ready().isEmpty() ? null : progress.ready().getLast();
    if (newest == null || known.filter(k -> newest.name().equals(k.pod())).isPresent()) {
      return known.orElse(null);
    }
    return newest
        .revision(progress.stable().revision())
        .filter(held -> held.phase() == PodState.Phase.Serving && newest.firstProcess())
        .map(held -> of(newest, held.timings()))
        .or(() -> known)
        .orElse(null);
  }

  private static ColdStart of(ServingPod pod, PodState.Timings timings) {
    var created = Optional.of(pod.created());
    var scheduled = pod.since("PodScheduled");
    return new ColdStart(
        pod.name(),
        between(created, scheduled),
        between(scheduled, pod.containerStarted()),
        text(timings.fetchMillis()),
        text(timings.loadMillis()),
        text(timings.warmUpMillis()),
        between(created, pod.since("Ready")));
  }

  private static @Nullable String between(Optional<Instant> from, Optional<Instant> to) {
    return from.isEmpty() || to.isEmpty()
        ? null
        : Durations.text(Duration.between(from.get(), to.get()));
  }

  private static @Nullable String text(@Nullable Long millis) {
    return millis == null ? null : Durations.text(Duration.ofMillis(millis));
  }
}
