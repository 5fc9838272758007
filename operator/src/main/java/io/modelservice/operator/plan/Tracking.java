package io.modelservice.operator.plan;

import io.modelservice.crds.ModelServiceSpec;
import io.modelservice.crds.ModelServiceSpec.UpdatePolicy;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.plan.ModelPolicy.Asked;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Proposes the content that pods have found at the URI since it was read. */
final class Tracking {
  private static final String USUAL_INTERVAL = "5m";

  private Tracking() {}

  /** How soon new content must be noticed; empty where it is nobody's business. */
  static Optional<String> interval(ModelServiceSpec spec) {
    return Optional.ofNullable(spec.model().update())
        .filter(update -> update.policy() == UpdatePolicy.Track)
        .map(update -> Objects.requireNonNullElse(update.interval(), USUAL_INTERVAL));
  }

  /** What becomes of a service whose stable model is the spec's. */
  static Models follow(Models models, Asked asked, Observation observed) {
    var found = found(models.stable(), observed);
    var candidate = models.candidate();
    if (candidate != null && asked.model().is(candidate) && stillThere(candidate, found)) {
      return CandidateTrial.of(observed, candidate, models.candidateSince())
          .conclude(models, asked);
    }
    return found.stream()
        .filter(content -> models.stableHasServed() && !models.hasRejected(content))
        .findFirst()
        .map(content -> models.propose(asked.candidate(content), asked.time()))
        .orElseGet(models::withoutCandidate);
  }

  /** Pods look at different times, so that some still tell what was there before. */
  private static boolean stillThere(Entry candidate, List<SourcePin> found) {
    var pin = candidate.pin();
    return pin == null || found.isEmpty() || found.stream().anyMatch(pin::sameContent);
  }

  private static List<SourcePin> found(Entry stable, Observation observed) {
    var own = stable.pin();
    if (own == null) {
      return List.of();
    }
    return observed.pods().stream()
        .filter(pod -> !pod.leaving())
        .flatMap(pod -> pod.revision(stable.revision()).stream())
        .flatMap(held -> Optional.ofNullable(held.newest()).stream())
        .filter(content -> !content.sameContent(own))
        .distinct()
        .toList();
  }
}
