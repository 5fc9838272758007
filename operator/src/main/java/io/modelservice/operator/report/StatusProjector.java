package io.modelservice.operator.report;

import io.modelservice.crds.Condition;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceStatus;
import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.Reason;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.plan.Plan;
import io.modelservice.operator.render.Labels;
import io.modelservice.operator.render.Names;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Projects plan and observation to the whole status: a pure function. */
public final class StatusProjector {
  private static final int MOST_TENSORS = 16;
  private static final long MEBIBYTE = 1024L * 1024;

  private StatusProjector() {}

  public static ModelServiceStatus project(
      ModelService service, Observation observed, Plan plan, Instant now) {
    return project(service, Progress.of(service, observed, plan, now), Optional.empty(), now);
  }

  /** The same, when the cluster did not take an object of the plan. */
  public static ModelServiceStatus refused(
      ModelService service, Observation observed, Plan plan, Trouble refusal, Instant now) {
    return project(service, Progress.of(service, observed, plan, now), Optional.of(refusal), now);
  }

  private static ModelServiceStatus project(
      ModelService service, Progress progress, Optional<Trouble> refusal, Instant now) {
    var name = service.getMetadata().getName();
    var record = progress.plan().stored().record();
    var stable = progress.stable();
    var pods = progress.observed().pods().stream().filter(pod -> !pod.leaving()).toList();
    return new ModelServiceStatus(
        service.getMetadata().getGeneration(),
        conditions(service, progress, refusal, now),
        Names.url(name, service.getMetadata().getNamespace()),
        pods.size(),
        progress.ready().size(),
        Labels.selectorText(name),
        model(progress),
        record.stableSince() == null
            ? null
            : new ModelServiceStatus.Stable(
                stable.revision(), stable.digest(), record.stableSince()),
        ColdStarts.newest(progress));
  }

  private static ModelServiceStatus.@Nullable Model model(Progress progress) {
    var stable = progress.stable();
    var digest = stable.digest();
    if (digest == null) {
      return null;
    }
    return progress.observed().pods().stream()
        .flatMap(pod -> pod.revision(stable.revision()).stream())
        .flatMap(held -> Optional.ofNullable(held.model()).stream())
        .findFirst()
        .map(info -> model(digest, info))
        .orElseGet(() -> known(progress, digest));
  }

  private static ModelServiceStatus.Model model(String digest, ModelInfo info) {
    return new ModelServiceStatus.Model(
        digest,
        info.sizeBytes(),
        info.format(),
        info.opset(),
        info.inputs().stream().limit(MOST_TENSORS).toList(),
        info.outputs().stream().limit(MOST_TENSORS).toList(),
        Math.ceilDiv(info.memoryEstimateBytes(), MEBIBYTE) + "Mi");
  }

  /** Without a pod to ask, what was known of the same content stays true. */
  private static ModelServiceStatus.@Nullable Model known(Progress progress, String digest) {
    var status = progress.service().getStatus();
    return status != null && status.model() != null && digest.equals(status.model().digest())
        ? status.model()
        : null;
  }

  private static List<Condition> conditions(
      ModelService service, Progress progress, Optional<Trouble> refusal, Instant now) {
    var before = service.getStatus() == null ? null : service.getStatus().conditions();
    var conditions = new Conditions(before, service.getMetadata().getGeneration(), now);
    var trouble = refusal.or(progress::firstTrouble);
    ready(conditions, progress, refusal, trouble);
    available(conditions, progress, trouble);
    upToDate(conditions, progress, refusal, trouble);
    resolved(conditions, progress);
    Troubles.unschedulable(progress.observed())
        .ifPresentOrElse(
            seen -> conditions.is("Scheduled", false, seen.reason(), seen.message()),
            () -> conditions.isTrue("Scheduled", Reason.Scheduled));
    conditions.isTrue("Scalable", Reason.NotConfigured);
    conditions.isTrue("Exposed", Reason.NotConfigured);
    motion(conditions, progress, refusal, trouble);
    return conditions.list();
  }

  private static void ready(
      Conditions conditions,
      Progress progress,
      Optional<Trouble> refusal,
      Optional<Trouble> trouble) {
    if (progress.wanted() == 0) {
      conditions.isFalse("Ready", atZero(progress));
    } else if (refusal.isEmpty() && progress.servesTheSpec()) {
      conditions.is("Ready", true, Reason.Ready, count(progress) + " pods ready");
    } else if (trouble.isPresent()) {
      conditions.is("Ready", false, trouble.get().reason(), missing(progress, trouble.get()));
    } else {
      var work = progress.work();
      conditions.is("Ready", false, work, count(progress) + " pods ready: " + work.sentence());
    }
  }

  private static String missing(Progress progress, Trouble trouble) {
    return count(progress) + " pods ready: " + trouble.message();
  }

  private static String count(Progress progress) {
    return progress.current().size() + " of " + progress.wanted();
  }

  private static void available(
      Conditions conditions, Progress progress, Optional<Trouble> trouble) {
    if (!progress.ready().isEmpty()) {
      conditions.isTrue("Available", Reason.Available);
    } else if (progress.wanted() == 0) {
      conditions.isFalse("Available", atZero(progress));
    } else {
      var reason = trouble.map(Trouble::reason).orElseGet(progress::work);
      conditions.is(
          "Available", false, reason, trouble.map(Trouble::message).orElseGet(reason::sentence));
    }
  }

  private static Reason atZero(Progress progress) {
    return progress.suspended() ? Reason.Suspended : Reason.ScaledToZero;
  }

  private static void upToDate(
      Conditions conditions,
      Progress progress,
      Optional<Trouble> refusal,
      Optional<Trouble> trouble) {
    if (refusal.isEmpty()
        && progress.hasServed()
        && progress.rejection().isEmpty()
        && progress.modelIsTheSpecs()
        && progress.templateIsEverywhere()) {
      conditions.isTrue("UpToDate", Reason.UpToDate);
      return;
    }
    if (progress.suspended()) {
      conditions.isFalse("UpToDate", Reason.Suspended);
      return;
    }
    var cause = refusal.or(progress::rejection);
    var reason = trouble.map(Trouble::reason).orElseGet(progress::work);
    conditions.is(
        "UpToDate",
        false,
        reason,
        cause.map(Trouble::message).orElse("the spec is not served yet; Ready says why"));
  }

  private static void resolved(Conditions conditions, Progress progress) {
    var digest = progress.stable().digest();
    if (progress.modelIsTheSpecs() && digest != null) {
      conditions.is("ModelResolved", true, Reason.Resolved, digest);
      return;
    }
    var trouble = progress.artifactTrouble();
    var reason = trouble.map(Trouble::reason).orElseGet(progress::reading);
    conditions.is(
        "ModelResolved", false, reason, trouble.map(Trouble::message).orElseGet(reason::sentence));
  }

  /** kstatus' pair: still at work, or waiting for a human. */
  private static void motion(
      Conditions conditions,
      Progress progress,
      Optional<Trouble> refusal,
      Optional<Trouble> trouble) {
    var stalled = refusal.isPresent() || progress.needsAHuman();
    var settled =
        progress.suspended()
            || (progress.servesTheSpec()
                && !progress.candidateIsOnItsWay()
                && progress.templateIsEverywhere()
                && progress.observed().pods().size() == progress.wanted());
    if (stalled || settled) {
      conditions.isFalse("Reconciling", Reason.Settled);
    } else {
      var work = progress.work();
      conditions.is(
          "Reconciling", true, work, trouble.map(Trouble::message).orElseGet(work::sentence));
    }
    if (stalled && trouble.isPresent()) {
      conditions.is("Stalled", true, trouble.get().reason(), trouble.get().message());
    } else {
      conditions.isFalse("Stalled", Reason.Settled);
    }
  }
}
