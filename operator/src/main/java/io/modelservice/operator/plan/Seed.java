package io.modelservice.operator.plan;

import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pod that reads the source for all pods of a service.
 *
 * @param pod its name
 * @param address {@code host:port} of its management port
 */
record Seed(String pod, String address) {
  /**
   * How long a chosen pod may take to start. Until then it may have read in its plan that it is the
   * seed. Less than the pods wait for a seed that comes no further.
   */
  private static final Duration START = Duration.ofSeconds(14);

  /**
   * Chooses the seed: the one before while it can be; else the oldest pod that has every entry
   * whole; else the oldest that answers; else the oldest that runs.
   *
   * @param before the name of the seed so far
   * @param wanted what the pods should hold
   * @return empty while no pod runs
   */
  static Optional<Seed> choose(
      Observation observed, @Nullable String before, List<Entry> wanted, Instant now) {
    var running = observed.pods().stream().filter(Seed::runs).toList();
    var current = running.stream().filter(pod -> pod.name().equals(before)).findFirst();
    var whole = running.stream().filter(pod -> answers(pod) && hasAll(pod, wanted)).findFirst();
    var able = running.stream().filter(pod -> answers(pod) && !failed(pod, wanted)).findFirst();
    return current
        .filter(pod -> stays(pod, whole, now) && !failed(pod, wanted))
        .or(() -> whole)
        .or(() -> able)
        .or(() -> current)
        .or(() -> running.stream().findFirst())
        .map(pod -> new Seed(pod.name(), pod.managementAddress().orElseThrow()));
  }

  /** When a seed has taken too long to start. */
  static Optional<Instant> lookAgain(Observation observed, ServingPlan plan, Instant now) {
    return observed.pods().stream()
        .filter(pod -> pod.name().equals(plan.seed()) && pod.state().isEmpty())
        .flatMap(pod -> startEnds(pod).stream())
        .filter(deadline -> deadline.isAfter(now))
        .findFirst();
  }

  private static boolean runs(ServingPod pod) {
    return !pod.leaving() && pod.managementAddress().isPresent();
  }

  /** A pod that was not asked yet is not judged; one that misses a question may just be busy. */
  private static boolean stays(ServingPod pod, Optional<ServingPod> whole, Instant now) {
    return pod.report().isEmpty()
        || answers(pod)
        || (whole.isEmpty() && (pod.state().isPresent() || starts(pod, now)));
  }

  private static boolean starts(ServingPod pod, Instant now) {
    return startEnds(pod).filter(deadline -> deadline.isAfter(now)).isPresent();
  }

  private static Optional<Instant> startEnds(ServingPod pod) {
    return pod.silentSince().map(since -> since.plus(START));
  }

  /** It told its state when it was asked last. */
  private static boolean answers(ServingPod pod) {
    return pod.state().isPresent() && pod.silentSince().isEmpty();
  }

  private static boolean hasAll(ServingPod pod, List<Entry> wanted) {
    return wanted.stream()
        .allMatch(
            entry ->
                pod.revision(entry.revision())
                    .filter(held -> held.phase() != Phase.Failed && held.digest() != null)
                    .filter(held -> entry.digest() == null || entry.digest().equals(held.digest()))
                    .isPresent());
  }

  private static boolean failed(ServingPod pod, List<Entry> wanted) {
    return wanted.stream()
        .flatMap(entry -> pod.revision(entry.revision()).stream())
        .anyMatch(held -> held.phase() == Phase.Failed);
  }
}
