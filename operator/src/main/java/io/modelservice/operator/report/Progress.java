package io.modelservice.operator.report;

import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import io.modelservice.operator.plan.Plan;
import io.modelservice.operator.plan.PlanRecord.Rejected;
import io.modelservice.operator.plan.PlanRecord.Verdict;
import io.modelservice.operator.plan.WantedModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a service is from what its spec asks for.
 *
 * @param wanted pods
 * @param ready pods that answer, whatever they answer with
 * @param current ready pods of the spec's template that answer with the plan's stable revision
 * @param troubles of pods, the most telling first
 */
record Progress(
    ModelService service,
    Observation observed,
    Plan plan,
    int wanted,
    List<ServingPod> ready,
    List<ServingPod> current,
    List<Trouble> troubles) {

  /** Reasons that do not go away by waiting. */
  private static final Set<Reason> NEEDS_A_HUMAN =
      Set.of(
          Reason.NameTaken,
          Reason.PodRefused,
          Reason.ModelInvalid,
          Reason.ModelUnsupported,
          Reason.LabelsMissing,
          Reason.TaskUnsupported,
          Reason.DoesNotFit,
          Reason.DiskFull,
          Reason.ProviderUnavailable,
          Reason.ArtifactInvalid,
          Reason.ArtifactMoved,
          Reason.DigestMismatch);

  private static final Set<Reason> OF_THE_ARTIFACT =
      Set.of(
          Reason.StoreUnreachable,
          Reason.CredentialsMissing,
          Reason.AccessDenied,
          Reason.ArtifactNotFound,
          Reason.ArtifactInvalid,
          Reason.ArtifactMoved,
          Reason.DigestMismatch,
          Reason.ModelInvalid,
          Reason.ModelUnsupported,
          Reason.LabelsMissing,
          Reason.TaskUnsupported);

  static Progress of(ModelService service, Observation observed, Plan plan, Instant now) {
    var ready = observed.readyPods();
    var current = ready.stream().filter(pod -> answersAsPlanned(pod, service, plan)).toList();
    return new Progress(
        service, observed, plan, plan.replicas(), ready, current, troubles(observed, plan, now));
  }

  private static List<Trouble> troubles(Observation observed, Plan plan, Instant now) {
    var resolve = plan.stored().record().resolve();
    return resolve == null || resolve.failure() == null
        ? Troubles.of(observed, now)
        : List.of(
            new Trouble(
                resolve.failure().reason(),
                "the model was checked before pods are made: " + resolve.failure().message()));
  }

  Entry stable() {
    return plan.stored().serving().stable().orElseThrow();
  }

  boolean suspended() {
    return Boolean.TRUE.equals(service.getSpec().suspend());
  }

  boolean modelIsTheSpecs() {
    return WantedModel.of(service.getSpec()).is(stable());
  }

  boolean templateIsEverywhere() {
    return observed.pods().stream()
        .filter(pod -> !pod.leaving())
        .allMatch(pod -> pod.hasTemplate(plan.template().name()));
  }

  boolean servesTheSpec() {
    return hasServed() && modelIsTheSpecs() && current.size() >= wanted;
  }

  Optional<Trouble> rejection() {
    var rejected = plan.stored().record().rejected();
    return rejected != null && rejected.model().equals(WantedModel.of(service.getSpec()))
        ? Optional.of(trouble(rejected))
        : Optional.empty();
  }

  private static Trouble trouble(Rejected rejected) {
    return new Trouble(
        rejected.failure().reason(),
        "the new model (revision "
            + rejected.revision()
            + ") was dropped, pod "
            + rejected.pod()
            + ": "
            + rejected.failure().message());
  }

  /** What keeps the content of the model from being known. */
  Optional<Trouble> artifactTrouble() {
    return rejection()
        .or(
            () ->
                troubles.stream()
                    .filter(trouble -> OF_THE_ARTIFACT.contains(trouble.reason()))
                    .findFirst());
  }

  Optional<Trouble> firstTrouble() {
    return rejection().or(() -> troubles.stream().findFirst());
  }

  boolean needsAHuman() {
    var resolve = plan.stored().record().resolve();
    return rejection().isPresent()
        || (resolve != null && resolve.verdict() == Verdict.Refused)
        || troubles.stream().anyMatch(trouble -> NEEDS_A_HUMAN.contains(trouble.reason()));
  }

  /** Whether another model is on its way: of a changed spec, or of new content at its URI. */
  boolean candidateIsOnItsWay() {
    return plan.stored().serving().candidate().isPresent();
  }

  /** What is being done about the difference. */
  Reason work() {
    if (plan.holdsPodsBack()) {
      return Reason.Resolving;
    }
    if (!modelIsTheSpecs() || candidateIsOnItsWay()) {
      return Reason.ModelRollingOut;
    }
    if (!templateIsEverywhere()) {
      return Reason.TemplateRollingOut;
    }
    if (ready.size() > current.size()) {
      return Reason.ModelRollingOut; // promoted, and not yet heard of everywhere
    }
    if (observed.pods().isEmpty()) {
      return Reason.Creating;
    }
    if (observed.pods().size() != wanted) {
      return Reason.Scaling;
    }
    return phase().orElseGet(() -> hasServed() ? Reason.PodsNotReady : Reason.Creating);
  }

  /** How the content of the model is being found out. */
  Reason reading() {
    return plan.holdsPodsBack() ? Reason.Resolving : Reason.Fetching;
  }

  boolean hasServed() {
    return plan.stored().record().stableSince() != null;
  }

  private Optional<Reason> phase() {
    return observed.pods().stream()
        .filter(pod -> !pod.ready())
        .flatMap(pod -> pod.revision(stable().revision()).stream())
        .map(PodState.Revision::phase)
        .min(Enum::compareTo)
        .flatMap(Progress::reason);
  }

  private static Optional<Reason> reason(Phase phase) {
    return switch (phase) {
      case Waiting, Fetching -> Optional.of(Reason.Fetching);
      case Loading -> Optional.of(Reason.Loading);
      case Warming -> Optional.of(Reason.Warming);
      case Serving, Failed, Retiring -> Optional.empty();
    };
  }

  /**
   * A ready pod says by its state that it follows the plan. One that has not been asked yet, after
   * a restart of the operator, is believed for as long as the last status said so.
   */
  private static boolean answersAsPlanned(ServingPod pod, ModelService service, Plan plan) {
    var serving = plan.stored().serving();
    var stable = serving.stable().orElseThrow();
    var planned =
        pod.state()
            .map(state -> pod.serves(stable.revision()) && holdsNothingElse(state, serving))
            .orElseGet(() -> wasReady(service, stable));
    return planned && pod.hasTemplate(plan.template().name());
  }

  /** A pod that has not heard of a promotion yet still answers with a revision out of the plan. */
  private static boolean holdsNothingElse(PodState state, ServingPlan plan) {
    return state.models().stream()
        .filter(held -> held.phase() == Phase.Serving)
        .allMatch(
            held ->
                plan.models().stream().anyMatch(entry -> entry.revision().equals(held.revision())));
  }

  private static boolean wasReady(ModelService service, Entry stable) {
    var status = service.getStatus();
    return status != null
        && status.stable() != null
        && status.stable().revision().equals(stable.revision())
        && Conditions.find(status.conditions(), "Ready")
            .filter(ready -> ready.status().equals("True"))
            .isPresent();
  }
}
