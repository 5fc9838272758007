package io.modelservice.operator.report;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.Reason;
import io.modelservice.operator.observe.LastOutput;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import io.modelservice.operator.plan.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is wrong with the pods of a service, the most telling first. */
final class Troubles {
  private static final Set<String> IMAGE_REASONS =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> REFERENCE_REASONS =
      Set.of("CreateContainerConfigError", "CreateContainerError");

  private Troubles() {}

  static List<Trouble> of(Observation observed, Instant now) {
    var fromPods =
        observed.pods().stream()
            .filter(pod -> !pod.leaving() && !pod.ready())
            .flatMap(Troubles::of);
    var fromResolvers = observed.resolvers().stream().flatMap(Troubles::ofResolver);
    var fromDeployment = observed.deployment().flatMap(Troubles::refusal).stream();
    var silent =
        observed.pods().stream().filter(pod -> Silence.isTrouble(pod, now)).map(Troubles::silence);
    return Stream.of(fromPods, fromResolvers, fromDeployment, silent)
        .flatMap(troubles -> troubles)
        .toList();
  }

  private static Trouble silence(ServingPod pod) {
    return new Trouble(
        Reason.PodStateUnreachable, "pod " + pod.name() + " has not told its state for 30 s");
  }

  /** Pods that exist for the scheduler only. */
  static Optional<Trouble> unschedulable(Observation observed) {
    return Stream.of(observed.pods(), observed.resolvers())
        .flatMap(List::stream)
        .flatMap(pod -> scheduling(pod).stream())
        .findFirst();
  }

  private static Stream<Trouble> of(ServingPod pod) {
    return Stream.of(scheduling(pod), container(pod), runtime(pod)).flatMap(Optional::stream);
  }

  /** What its process has said is in the plan. */
  private static Stream<Trouble> ofResolver(ServingPod pod) {
    var waits = pod.container().flatMap(container -> waiting(container, container.getState()));
    return Stream.of(scheduling(pod), waits).flatMap(Optional::stream);
  }

  private static Optional<Trouble> scheduling(ServingPod pod) {
    return pod.unschedulable()
        .map(
            said -> new Trouble(Reason.Unschedulable, "pod " + pod.name() + ": " + said.message()));
  }

  private static Optional<Trouble> container(ServingPod pod) {
    return pod.container()
        .flatMap(
            container ->
                waiting(container, container.getState())
                    .or(() -> ended(container))
                    .map(
                        trouble ->
                            new Trouble(
                                trouble.reason(),
                                "pod " + pod.name() + ": " + trouble.evidence())));
  }

  private static Optional<Trouble> waiting(ContainerStatus container, ContainerState state) {
    return Optional.ofNullable(state.getWaiting())
        .flatMap(
            waiting -> {
              if (IMAGE_REASONS.contains(waiting.getReason())) {
                return Optional.of(
                    new Trouble(
                        Reason.ImagePullFailed, container.getImage() + ": " + said(waiting)));
              }
              return REFERENCE_REASONS.contains(waiting.getReason())
                  ? Optional.of(new Trouble(Reason.ReferenceMissing, said(waiting)))
                  : Optional.empty();
            });
  }

  /** The kubelet says the same of an image in two ways in turn: the status must not follow. */
  private static String said(ContainerStateWaiting waiting) {
    if (waiting.getMessage() == null) {
      return waiting.getReason();
    }
    var message = waiting.getMessage().replaceFirst("^Back-off pulling image .*?: Err\\w+: ", "");
    return LastOutput.shortened(message);
  }

  /** A container that runs again is in trouble no more once it answers. */
  private static Optional<Trouble> ended(ContainerStatus container) {
    return Optional.ofNullable(container.getState().getTerminated())
        .or(() -> Optional.ofNullable(container.getLastState().getTerminated()))
        .filter(ended -> !Objects.equals(ended.getExitCode(), 0))
        .map(Troubles::death);
  }

  private static Trouble death(ContainerStateTerminated ended) {
    if ("OOMKilled".equals(ended.getReason())) {
      return new Trouble(
          Reason.OOMKilled,
          "the container was killed for memory (exit code " + ended.getExitCode() + ")");
    }
    return new Trouble(
        Reason.CrashLoop,
        "the container ended with code " + ended.getExitCode() + ": " + LastOutput.of(ended));
  }

  private static Optional<Trouble> runtime(ServingPod pod) {
    return pod.state()
        .flatMap(
            state ->
                state.models().stream()
                    .flatMap(held -> Optional.ofNullable(held.failure()).stream())
                    .findFirst()
                    .or(() -> Optional.ofNullable(state.planFailure())))
        .map(failure -> of(pod.name(), failure));
  }

  static Trouble of(String pod, PodState.Failure failure) {
    return new Trouble(failure.reason(), "pod " + pod + ": " + failure.message());
  }

  /** Pods that the API server did not let in. */
  private static Optional<Trouble> refusal(Deployment deployment) {
    var status = deployment.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    return status.getConditions().stream()
        .filter(c -> "ReplicaFailure".equals(c.getType()) && "True".equals(c.getStatus()))
        .findFirst()
        .map(c -> String.valueOf(c.getMessage()))
        .map(
            message ->
                new Trouble(
                    message.contains("exceeded quota") ? Reason.QuotaExceeded : Reason.PodRefused,
                    LastOutput.shortened(message)));
  }
}
