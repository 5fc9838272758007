package io.modelservice.operator.plan;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import io.modelservice.operator.plan.ModelPolicy.Asked;
import io.modelservice.operator.plan.PlanRecord.Rejected;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the pods make of a candidate. */
sealed interface CandidateTrial {

  /** Every ready pod has it warm. */
  record Passed(Entry candidate) implements CandidateTrial {}

  /** A pod could not load it, or died of it. */
  record Broken(Entry candidate, String pod, Failure failure) implements CandidateTrial {}

  /** Not known yet. */
  record Open() implements CandidateTrial {}

  default Models conclude(Models models, Asked asked) {
    return switch (this) {
      case Passed(var candidate) -> models.promote(candidate, asked.time());
      case Broken(var candidate, var pod, var failure) ->
          models.reject(
              new Rejected(candidate.revision(), asked.model(), candidate.pin(), pod, failure));
      case Open() -> models;
    };
  }

  static CandidateTrial of(Observation observed, Entry candidate, @Nullable String since) {
    var broken =
        observed.pods().stream().flatMap(pod -> failures(pod, candidate, since)).findFirst();
    if (broken.isPresent()) {
      return broken.get();
    }
    var ready = observed.readyPods();
    var everywhere =
        !ready.isEmpty() && ready.stream().allMatch(pod -> pod.serves(candidate.revision()));
    return everywhere ? new Passed(candidate) : new Open();
  }

  private static Stream<CandidateTrial> failures(
      ServingPod pod, Entry candidate, @Nullable String since) {
    var said =
        pod.revision(candidate.revision())
            .filter(held -> held.phase() == Phase.Failed)
            .flatMap(held -> Optional.ofNullable(held.failure()));
    return said
        .or(() -> death(pod, since))
        .map(failure -> (CandidateTrial) new Broken(candidate, pod.name(), failure))
        .stream();
  }

  /** A container that ended by itself while it held a candidate died of the candidate. */
  private static Optional<Failure> death(ServingPod pod, @Nullable String since) {
    return pod.container()
        .map(container -> container.getLastState().getTerminated())
        .filter(ended -> since != null && endedAfter(ended, since))
        .map(
            ended ->
                new Failure(
                    "OOMKilled".equals(ended.getReason()) ? Reason.OOMKilled : Reason.CrashLoop,
                    "the container ended with code "
                        + ended.getExitCode()
                        + " while it held the new model"));
  }

  private static boolean endedAfter(ContainerStateTerminated ended, String since) {
    return ended.getExitCode() != 0
        && ended.getStartedAt() != null
        && Instant.parse(ended.getFinishedAt()).isAfter(Instant.parse(since));
  }
}
