package io.modelservice.operator.plan;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.Resolution;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.operator.observe.LastOutput;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import io.modelservice.operator.plan.PlanRecord.Resolve;
import io.modelservice.operator.plan.PlanRecord.Verdict;
import io.modelservice.operator.render.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a Job checks a model before a GPU waits for it: the first model of a service with
 * GPUs. Later ones are loaded beside one that answers, on the GPUs that are there. A check that
 * cannot be made holds nothing back for long.
 */
final class ResolvePolicy {
  /** Until a Job has a pod; a quota or an admission rule may be in its way. */
  private static final Duration POD = Duration.ofSeconds(10);

  /** An image without the command runs on for ever. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private ResolvePolicy() {}

  /** The plan with what is known of the check; without one where none is needed. */
  static StoredPlan follow(
      ModelService service, Observation observed, StoredPlan plan, Instant now) {
    var stable = plan.serving().stable().orElseThrow();
    if (!needed(service, plan)) {
      return plan.with(null);
    }
    var known = plan.record().resolve();
    var resolve =
        known != null && known.revision().equals(stable.revision())
            ? known
            : begin(stable.revision(), 1, now);
    if (resolve.runs()) {
      return run(resolve, observed.resolver(name(service, resolve)), plan, now);
    }
    return plan.with(due(resolve, now) ? again(resolve, now) : resolve);
  }

  private static boolean needed(ModelService service, StoredPlan plan) {
    return service.getSpec().gpu() != null
        && service.getSpec().wantedReplicas() > 0
        && plan.record().stableSince() == null;
  }

  private static Resolve begin(String revision, int attempt, Instant now) {
    return new Resolve(revision, attempt, Verdict.Open, PlanRecord.time(now), null);
  }

  private static Resolve again(Resolve before, Instant now) {
    return begin(before.revision(), before.attempt() + 1, now);
  }

  private static boolean due(Resolve resolve, Instant now) {
    return resolve.verdict() == Verdict.Open && !now.isBefore(nextAttempt(resolve));
  }

  private static Instant nextAttempt(Resolve resolve) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(resolve.attempt() - 1, 10));
    return since(resolve).plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  /** The Job that should be there. */
  static Optional<String> job(ModelService service, StoredPlan plan) {
    return Optional.ofNullable(plan.record().resolve())
        .filter(Resolve::runs)
        .map(resolve -> name(service, resolve));
  }

  private static String name(ModelService service, Resolve resolve) {
    return Names.resolveJob(service.getMetadata().getName(), resolve.revision(), resolve.attempt());
  }

  /** When to look again although nothing has happened. */
  static Optional<Instant> lookAgain(ModelService service, StoredPlan plan, Observation observed) {
    return Optional.ofNullable(plan.record().resolve())
        .filter(resolve -> resolve.verdict() == Verdict.Open)
        .map(
            resolve ->
                resolve.runs()
                    ? patience(resolve, observed.resolver(name(service, resolve)))
                    : nextAttempt(resolve));
  }

  /** Until when a verdict is waited for. */
  private static Instant patience(Resolve resolve, Optional<ServingPod> pod) {
    return since(resolve).plus(pod.isPresent() ? LONGEST : POD);
  }

  private static StoredPlan run(
      Resolve resolve, Optional<ServingPod> pod, StoredPlan plan, Instant now) {
    var ended =
        pod.flatMap(ServingPod::container)
            .flatMap(container -> Optional.ofNullable(container.getState().getTerminated()));
    if (ended.isPresent()) {
      return conclude(plan, resolve, ended.get(), now);
    }
    return plan.with(now.isAfter(patience(resolve, pod)) ? resolve.passed() : resolve);
  }

  private static StoredPlan conclude(
      StoredPlan plan, Resolve resolve, ContainerStateTerminated ended, Instant now) {
    var resolution = resolution(ended);
    if (resolution.isEmpty()) {
      return plan.with(withoutVerdict(resolve, ended));
    }
    var stable = plan.serving().stable().orElseThrow();
    var failure =
        Optional.ofNullable(resolution.get().failure())
            .or(() -> stable.settings().refuses(resolution.get().digest()))
            .orElse(null);
    if (failure == null) {
      return plan.with(resolve.passed()).withStable(content(stable, resolution.get()));
    }
    var verdict = failure.reason().mayPass() ? Verdict.Open : Verdict.Refused;
    return plan.with(resolve.ended(verdict, PlanRecord.time(now), failure));
  }

  /** The pods must find the bytes that were tried. */
  private static Entry content(Entry stable, Resolution resolution) {
    var digest = resolution.digest();
    return digest == null || resolution.pin() == null || resolution.pin().files().isEmpty()
        ? stable
        : stable.withContent(resolution.pin(), digest);
  }

  private static Optional<Resolution> resolution(ContainerStateTerminated ended) {
    try {
      var message = String.valueOf(ended.getMessage()).getBytes(StandardCharsets.UTF_8);
      return Optional.of(ContractJson.readResolution(message));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Killed for memory says nothing of the model; another end of the process does. */
  private static Resolve withoutVerdict(Resolve resolve, ContainerStateTerminated ended) {
    if ("OOMKilled".equals(ended.getReason()) || ended.getExitCode() == 0) {
      return resolve.passed();
    }
    var failure =
        new Failure(
            Reason.CrashLoop,
            "the process ended with code %d while it tried the model: %s"
                .formatted(ended.getExitCode(), LastOutput.of(ended)));
    return resolve.ended(Verdict.Refused, resolve.since(), failure);
  }

  private static Instant since(Resolve resolve) {
    return Instant.parse(resolve.since());
  }
}
