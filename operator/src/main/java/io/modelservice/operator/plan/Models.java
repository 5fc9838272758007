package io.modelservice.operator.plan;

import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import io.modelservice.operator.plan.PlanRecord.Rejected;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of a service on their way: the part of the plan that the model policy changes.
 *
 * @param seed the pod that reads the source for all: at first the one whose content counts
 */
record Models(
    Entry stable,
    @Nullable Entry candidate,
    @Nullable String seed,
    @Nullable String stableSince,
    @Nullable String candidateSince,
    @Nullable Rejected rejected) {

  /** Phases in which a pod has read all bytes and found nothing wrong so far. */
  private static final Set<Phase> CONTENT_IS_GOOD =
      Set.of(Phase.Loading, Phase.Warming, Phase.Serving);

  static Models first(Entry stable) {
    return new Models(stable, null, null, null, null, null);
  }

  /** A changed template is a changed spec: what was rejected may be tried again. */
  static Models of(StoredPlan plan, Template template) {
    var serving = plan.serving();
    var record = plan.record();
    return new Models(
        serving.stable().orElseThrow(),
        serving.candidate().orElse(null),
        serving.seed(),
        record.stableSince(),
        record.candidateSince(),
        record.template().equals(template.name()) ? record.rejected() : null);
  }

  boolean stableHasServed() {
    return stableSince != null;
  }

  boolean hasRejected(WantedModel wanted) {
    return rejected != null && rejected.model().equals(wanted);
  }

  boolean hasRejected(SourcePin content) {
    return rejected != null && rejected.pin() != null && rejected.pin().sameContent(content);
  }

  Models withoutCandidate() {
    return new Models(stable, null, seed, stableSince, null, rejected);
  }

  Models propose(Entry entry, String time) {
    return new Models(stable, entry, seed, stableSince, time, null);
  }

  Models promote(Entry entry, String time) {
    return new Models(entry.withRole(Role.Stable), null, seed, time, null, null);
  }

  Models reject(Rejected failed) {
    return new Models(stable, null, seed, stableSince, null, failed);
  }

  /** Takes over what the pods have found out: digests, and that the stable revision answers. */
  Models noticed(Observation observed, String time) {
    var models = withStable(observed).withCandidate(observed);
    var serves = observed.pods().stream().anyMatch(pod -> pod.serves(stable.revision()));
    return stableSince == null && serves ? models.servingSince(time) : models;
  }

  private Models servingSince(String time) {
    return new Models(stable, candidate, seed, time, candidateSince, rejected);
  }

  private Models withStable(Observation observed) {
    if (stable.digest() == null) {
      return firstContent(observed, stable)
          .map(
              pod ->
                  new Models(
                      confirm(stable, pod),
                      candidate,
                      pod.name(),
                      stableSince,
                      candidateSince,
                      rejected))
          .orElse(this);
    }
    return stableHasServed() || firstContent(observed, stable).isPresent() || !failed(observed)
        ? this
        : new Models(stable.unpinned(), candidate, null, null, candidateSince, rejected);
  }

  private Models withCandidate(Observation observed) {
    if (candidate == null || candidate.digest() != null) {
      return this;
    }
    var entry = candidate;
    return firstContent(observed, entry)
        .map(
            pod ->
                new Models(
                    stable, confirm(entry, pod), pod.name(), stableSince, candidateSince, rejected))
        .orElse(this);
  }

  /** A model that never answered and failed is read anew by the next pod: it may be mended. */
  private boolean failed(Observation observed) {
    return observed.pods().stream()
        .flatMap(pod -> pod.revision(stable.revision()).stream())
        .anyMatch(held -> held.phase() == Phase.Failed);
  }

  private static java.util.Optional<ServingPod> firstContent(Observation observed, Entry entry) {
    return observed.pods().stream()
        .filter(pod -> pod.revision(entry.revision()).filter(Models::hasContent).isPresent())
        .findFirst();
  }

  private static boolean hasContent(PodState.Revision held) {
    return held.digest() != null && CONTENT_IS_GOOD.contains(held.phase());
  }

  private static Entry confirm(Entry entry, ServingPod pod) {
    var held = pod.revision(entry.revision()).orElseThrow();
    var digest = held.digest();
    return digest == null ? entry : entry.withContent(held.pin(), digest);
  }
}
