package io.modelservice.operator;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.modelservice.crds.Condition;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceStatus;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.PodState.Timings;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.observe.ServingPod;
import io.modelservice.operator.plan.Plan;
import io.modelservice.operator.plan.Planner;
import io.modelservice.operator.plan.StoredPlan;
import io.modelservice.operator.plan.Template;
import io.modelservice.operator.plan.TemplatePolicy;
import io.modelservice.operator.podstate.PodReport;
import io.modelservice.operator.render.DeploymentRenderer;
import io.modelservice.operator.render.Labels;
import io.modelservice.operator.render.PodTemplateRenderer;
import io.modelservice.operator.report.StatusProjector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in a few words: holds one service and what is known of it, plans on demand and keeps
 * what the plan says, as the real one would.
 */
public final class Story {
  public static final String IMAGE = "localhost/modelservice/runtime:test";

  private final Planner planner =
      new Planner(new TemplatePolicy(new PodTemplateRenderer(IMAGE)), () -> "token");
  private final TreeMap<String, ServingPod> pods = new TreeMap<>();
  private final TreeMap<String, ServingPod> resolvers = new TreeMap<>();
  private final List<Template> templates = new ArrayList<>();
  private ModelService service;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private @Nullable StoredPlan stored;
  private @Nullable Deployment deployment;

  public Story(String spec) {
    service =
        Serialization.unmarshal(
            """
            apiVersion: serving.modelservice.io/v1alpha1
            kind: ModelService
            metadata: {name: espresso, namespace: default, uid: 11111111-1111-1111-1111-111111111111, generation: 1}
            spec: %s
            """
                .formatted(spec),
            ModelService.class);
  }

  public ModelService service() {
    return service;
  }

  /** What the last pass reported. */
  public Condition condition(String type) {
    return requireNonNull(service.getStatus().conditions()).stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** The user edits the spec. */
  public Story edit(String spec) {
    var status = service.getStatus();
    var generation = service.getMetadata().getGeneration() + 1;
    service = new Story(spec).service;
    service.getMetadata().setGeneration(generation);
    service.setStatus(status);
    return this;
  }

  public Instant now() {
    return now;
  }

  public Story pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** One pass of the loop; its result is what the next pass observes. */
  public Plan plan() {
    var plan = planner.plan(service, observation(), now);
    stored = new StoredPlan(plan.stored().serving(), plan.stored().record(), "1");
    if (templates.stream().noneMatch(known -> known.name().equals(plan.template().name()))) {
      templates.add(plan.template());
    }
    var status = deployment == null ? null : deployment.getStatus();
    deployment = DeploymentRenderer.renderNew(service, plan);
    deployment.setStatus(status);
    service.setStatus(StatusProjector.project(service, observation(), plan, now));
    return plan;
  }

  /**
   * What a pass reports whose plan was made before the pods' last news and whose outcome was seen
   * after it, and what the next pass reports.
   */
  public List<ModelServiceStatus> projectedWithThePlanBefore() {
    var before = observation();
    var unheard =
        new Observation(
            before.plan(), before.deployment(), before.templates(), List.of(), List.of());
    var early = planner.plan(service, unheard, now);
    var first = StatusProjector.project(service, before, early, now);
    plan();
    return List.of(first, service.getStatus());
  }

  public Story losePlan() {
    stored = null;
    return this;
  }

  public Story deploymentStatus(String yaml) {
    deployment =
        requireNonNull(deployment)
            .edit()
            .withStatus(
                Serialization.unmarshal(
                        "apiVersion: apps/v1\nkind: Deployment\nstatus: " + yaml, Deployment.class)
                    .getStatus())
            .build();
    return this;
  }

  public Observation observation() {
    return new Observation(
        Optional.ofNullable(stored),
        Optional.ofNullable(deployment),
        List.copyOf(templates),
        List.copyOf(pods.values()),
        List.copyOf(resolvers.values()));
  }

  /** The Job of a check has a pod, whose process ended. */
  public Story resolved(String job, int code, String message) {
    var pod =
        container(
                job + "-x",
                state ->
                    state
                        .withNewTerminated()
                        .withExitCode(code)
                        .withMessage(message)
                        .endTerminated(),
                state -> state)
            .editMetadata()
            .addToLabels("batch.kubernetes.io/job-name", job)
            .endMetadata();
    resolvers.put(job, new ServingPod(pod.build(), Optional.empty()));
    return this;
  }

  /** A pod that runs, is ready, and holds the revisions given. */
  public Story ready(String pod, PodState.Revision... held) {
    return pod(pod, "True", held);
  }

  /**
   * A ready pod that had a node, a process and its first answer so many seconds after it was made.
   */
  public Story started(
      String name, int scheduled, int running, int ready, PodState.Revision... held) {
    ready(name, held);
    var report = requireNonNull(pods.get(name)).report();
    var pod =
        requireNonNull(pods.get(name))
            .pod()
            .edit()
            .editStatus()
            .withConditions(isTrue("PodScheduled", scheduled), isTrue("Ready", ready))
            .editFirstContainerStatus()
            .withRestartCount(0)
            .withNewState()
            .withNewRunning(now.plusSeconds(running).toString())
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();
    pods.put(name, new ServingPod(pod, report));
    return this;
  }

  private PodCondition isTrue(String type, int secondsFromNow) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withLastTransitionTime(now.plusSeconds(secondsFromNow).toString())
        .build();
  }

  public Story notReady(String pod, PodState.Revision... held) {
    return pod(pod, "False", held);
  }

  public Story gone(String pod) {
    pods.remove(pod);
    return this;
  }

  /** A pod that the operator has not heard of yet, as after its restart. */
  public Story unheard(String pod) {
    pods.put(pod, new ServingPod(requireNonNull(pods.get(pod)).pod(), Optional.empty()));
    return this;
  }

  /** A pod whose container runs but does not answer yet, or no more. */
  public Story silent(String name) {
    if (!pods.containsKey(name)) {
      notReady(name);
      pods.put(name, new ServingPod(requireNonNull(pods.get(name)).pod(), Optional.empty()));
    }
    var before = requireNonNull(pods.get(name));
    var report = new PodReport(before.state(), Optional.of(now));
    pods.put(name, new ServingPod(before.pod(), Optional.of(report)));
    return this;
  }

  /** A pod that waits for a node since now. */
  public Story unschedulable(String name) {
    return with(
        name,
        bare(name)
            .editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/2 nodes are available: 2 Insufficient nvidia.com/gpu.")
            .withLastTransitionTime(now.toString())
            .endCondition()
            .endStatus());
  }

  /** A pod whose container waits, as the kubelet says it. */
  public Story waiting(String name, String reason, String message) {
    return with(
        name, container(name, state -> state.withNewWaiting(message, reason), state -> state));
  }

  /** A pod whose container was killed for memory just now. */
  public Story killedForMemory(String name) {
    return with(
        name,
        container(
            name,
            state -> state.withNewWaiting("back-off 10s restarting", "CrashLoopBackOff"),
            state ->
                state
                    .withNewTerminated()
                    .withExitCode(137)
                    .withReason("OOMKilled")
                    .withStartedAt("2026-01-01T00:00:00Z")
                    .withFinishedAt(now.toString())
                    .endTerminated()));
  }

  private PodBuilder container(
      String name,
      UnaryOperator<ContainerStateBuilder> state,
      UnaryOperator<ContainerStateBuilder> before) {
    return bare(name)
        .editStatus()
        .withContainerStatuses(
            new ContainerStatusBuilder()
                .withName("server")
                .withImage("x")
                .withState(state.apply(new ContainerStateBuilder()).build())
                .withLastState(before.apply(new ContainerStateBuilder()).build())
                .build())
        .endStatus();
  }

  private Story with(String name, PodBuilder pod) {
    pods.put(name, new ServingPod(pod.build(), Optional.empty()));
    return this;
  }

  /** A bare pod of the newest template, for further building. */
  private PodBuilder bare(String name) {
    var labels = new TreeMap<>(Labels.of("espresso", Labels.Component.SERVER));
    labels.put(Labels.TEMPLATE, templates.getLast().name());
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .withUid(name)
        .withCreationTimestamp(now.toString())
        .withLabels(labels)
        .endMetadata()
        .withNewStatus()
        .endStatus();
  }

  private Story pod(String name, String ready, PodState.Revision... held) {
    var pod =
        container(name, state -> state.withNewRunning().endRunning(), state -> state)
            .editStatus()
            .withPodIP("10.0.0." + name.charAt(name.length() - 1))
            .addNewCondition()
            .withType("Ready")
            .withStatus(ready)
            .endCondition()
            .endStatus()
            .build();
    if (pods.containsKey(name)) {
      pod.getMetadata().setLabels(requireNonNull(pods.get(name)).pod().getMetadata().getLabels());
    }
    var sequence = stored == null ? 0 : stored.serving().sequence();
    var state =
        new PodState(1, "default/espresso", name, "p", List.of(1), sequence, null, List.of(held));
    pods.put(
        name,
        new ServingPod(pod, Optional.of(new PodReport(Optional.of(state), Optional.empty()))));
    return this;
  }

  /** One pod serves the plan's model, which needs this much memory. */
  public Story serve(long memoryBytes) {
    for (var pass = 0; pass < 3; pass++) {
      var stable = requireNonNull(stored).serving().stable().orElseThrow();
      var info = new ModelInfo(10, "onnx", 17, List.of(), List.of(), memoryBytes);
      ready(
          "pod-a",
          new PodState.Revision(
              stable.revision(),
              Phase.Serving,
              10,
              10L,
              "sha256:a",
              null,
              null,
              info,
              null,
              new Timings(1L, 1L, 1L),
              0,
              0));
      plan();
    }
    return this;
  }

  public static PodState.Revision held(String revision, Phase phase, @Nullable String digest) {
    return new PodState.Revision(
        revision, phase, 10, 10L, digest, null, null, info(), null, new Timings(1L, 1L, 1L), 0, 0);
  }

  /** Serves content of a pin, and has found another or the same at the URI. */
  public static PodState.Revision serving(String revision, SourcePin pin, SourcePin newest) {
    return new PodState.Revision(
        revision,
        Phase.Serving,
        10,
        10L,
        "sha256:" + pin.files().getFirst().etag(),
        pin,
        newest,
        info(),
        null,
        new Timings(1L, 1L, 1L),
        0,
        0);
  }

  public static PodState.Revision failed(String revision, Reason reason) {
    return new PodState.Revision(
        revision,
        Phase.Failed,
        10,
        10L,
        "sha256:bad",
        null,
        null,
        null,
        new Failure(reason, "what the runtime said"),
        new Timings(1L, null, null),
        0,
        0);
  }

  private static ModelInfo info() {
    return new ModelInfo(10, "onnx", 17, List.of(), List.of(), 30);
  }
}
