package io.modelservice.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.modelservice.crds.contract.PodState;
import io.modelservice.operator.podstate.ManagementPort;
import io.modelservice.operator.podstate.PodReport;
import io.modelservice.operator.render.Labels;
import io.modelservice.operator.render.Names;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One pod of a service, as Kubernetes and the pod itself tell.
 *
 * @param pod from the cache; never changed
 * @param report what its management port said last; empty if it never answered
 */
public record ServingPod(Pod pod, Optional<PodReport> report) {

  /** Why the scheduler found no node, in its own words. */
  public record Unschedulable(String message, Instant since) {}

  public String name() {
    return pod.getMetadata().getName();
  }

  boolean ofJob(String job) {
    return Labels.label(pod, "batch.kubernetes.io/job-name").filter(job::equals).isPresent();
  }

  public boolean leaving() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Kubernetes calls it ready, and it is not leaving. */
  public boolean ready() {
    return !leaving() && condition("Ready").filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  public boolean hasTemplate(String template) {
    return Labels.label(pod, Labels.TEMPLATE).filter(template::equals).isPresent();
  }

  public Optional<Unschedulable> unschedulable() {
    if (leaving()) {
      return Optional.empty();
    }
    return condition("PodScheduled")
        .filter(c -> "False".equals(c.getStatus()) && "Unschedulable".equals(c.getReason()))
        .map(
            c ->
                new Unschedulable(
                    String.valueOf(c.getMessage()), Instant.parse(c.getLastTransitionTime())));
  }

  /** Since when a running container has not told its state; empty while it does. */
  public Optional<Instant> silentSince() {
    return leaving() ? Optional.empty() : report.flatMap(PodReport::silentSince);
  }

  public Optional<ContainerStatus> container() {
    var status = pod.getStatus();
    return status == null
        ? Optional.empty()
        : status.getContainerStatuses().stream()
            .filter(container -> Names.CONTAINER.equals(container.getName()))
            .findFirst();
  }

  /** Whether the container that runs is the pod's first. */
  public boolean firstProcess() {
    return container().filter(status -> Objects.equals(status.getRestartCount(), 0)).isPresent();
  }

  public Instant created() {
    return Instant.parse(pod.getMetadata().getCreationTimestamp());
  }

  public Optional<Instant> containerStarted() {
    return container()
        .flatMap(status -> Optional.ofNullable(status.getState().getRunning()))
        .flatMap(running -> Optional.ofNullable(running.getStartedAt()))
        .map(Instant::parse);
  }

  /** Since when a condition is true. */
  public Optional<Instant> since(String condition) {
    return condition(condition)
        .filter(c -> "True".equals(c.getStatus()))
        .flatMap(c -> Optional.ofNullable(c.getLastTransitionTime()))
        .map(Instant::parse);
  }

  /** {@code host:port} at which its running container can be asked. */
  public Optional<String> managementAddress() {
    return container()
        .filter(container -> container.getState().getRunning() != null)
        .flatMap(container -> Optional.ofNullable(pod.getStatus().getPodIP()))
        .map(ManagementPort::address);
  }

  public Optional<PodState> state() {
    return report.flatMap(PodReport::state);
  }

  public Optional<PodState.Revision> revision(String revision) {
    return state().flatMap(state -> state.revision(revision));
  }

  public boolean serves(String revision) {
    return revision(revision).filter(held -> held.phase() == PodState.Phase.Serving).isPresent();
  }

  private Optional<PodCondition> condition(String type) {
    var status = pod.getStatus();
    return status == null
        ? Optional.empty()
        : status.getConditions().stream().filter(c -> type.equals(c.getType())).findFirst();
  }
}
