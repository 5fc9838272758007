package io.modelservice.operator.podstate;

import io.fabric8.kubernetes.api.model.Pod;
import io.modelservice.crds.contract.PodState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The last report of every pod, by uid. A cache: losing it costs one round of questions. */
@ApplicationScoped
public class PodReports {
  private final Map<String, PodReport> byUid = new ConcurrentHashMap<>();

  public Optional<PodReport> of(Pod pod) {
    return Optional.ofNullable(byUid.get(pod.getMetadata().getUid()));
  }

  /** Returns whether something changed that a plan or a status may depend on. */
  boolean answered(String uid, PodState state) {
    var before = byUid.put(uid, PodReport.of(state));
    return before == null
        || before.silentSince().isPresent()
        || !before
            .state()
            .map(PodReports::withoutCounters)
            .equals(Optional.of(withoutCounters(state)));
  }

  /** Returns whether the pod had not been silent before. */
  boolean silent(String uid, Instant now) {
    var none = new PodReport(Optional.empty(), Optional.empty());
    var before = Objects.requireNonNullElse(byUid.get(uid), none);
    byUid.put(uid, before.silent(now));
    return before.silentSince().isEmpty();
  }

  void keepOnly(Set<String> uids) {
    byUid.keySet().retainAll(uids);
  }

  private static PodState withoutCounters(PodState state) {
    var models =
        state.models().stream()
            .map(
                held ->
                    new PodState.Revision(
                        held.revision(),
                        held.phase(),
                        0,
                        held.bytesTotal(),
                        held.digest(),
                        held.pin(),
                        held.newest(),
                        held.model(),
                        held.failure(),
                        held.timings(),
                        0,
                        0))
            .toList();
    return new PodState(
        state.version(),
        state.service(),
        state.pod(),
        state.process(),
        state.plans(),
        state.sequence(),
        state.planFailure(),
        models);
  }
}
