package io.modelservice.operator.podstate;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.operator.Leadership;
import io.modelservice.operator.render.Labels;
import io.modelservice.operator.render.Names;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks every pod for its state, hands it the plan where it has another, and wakes the service when
 * something changed. Leader only. A pod that is settled is asked every 2 s, one on its way at every
 * tick of 500 ms, which is also the most often that a service is woken.
 */
@Singleton
public class PodStateLoop {
  private static final Logger LOG = Logger.getLogger(PodStateLoop.class);
  private static final long TICK_MILLIS = 500;
  private static final int SETTLED_TICKS = 4;

  private final PodReports reports;
  private final ManagementPort port;
  private final Leadership leadership;
  private final Clock clock;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pod-state").factory());
  private final Questions questions;
  private final ReadPlans readPlans = new ReadPlans();
  private final Wakes wakes = new Wakes();
  private @Nullable InformerEventSource<Pod, ModelService> pods;
  private @Nullable InformerEventSource<ConfigMap, ModelService> plans;
  private long tick;

  PodStateLoop(PodReports reports, ManagementPort port, Leadership leadership, Clock clock) {
    this.reports = reports;
    this.port = port;
    this.leadership = leadership;
    this.clock = clock;
    this.questions = new Questions(clock);
  }

  /** Begins to ask; {@code wake} is told of services in which something changed. */
  public void start(
      InformerEventSource<Pod, ModelService> podCache,
      InformerEventSource<ConfigMap, ModelService> planCache,
      SimpleInboundEventSource<ModelService> wake) {
    pods = podCache;
    plans = planCache;
    wakes.to(wake);
    var _ =
        ticker.scheduleWithFixedDelay(this::round, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    ticker.shutdownNow();
  }

  private void round() {
    var cache = pods;
    if (cache == null || !leadership.held()) {
      return;
    }
    try {
      tick++;
      var all = cache.list(pod -> Labels.is(Labels.Component.SERVER, pod)).toList();
      all.stream().filter(PodStateLoop::answers).filter(this::due).forEach(this::ask);
      var uids = all.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
      reports.keepOnly(uids);
      questions.keepOnly(uids);
      forgetPlans();
      wakes.flush();
    } catch (RuntimeException e) {
      LOG.warn("a round of the pod-state loop failed; the next one follows", e);
    }
  }

  private void forgetPlans() {
    var cache = plans;
    if (cache != null) {
      readPlans.keepOnly(cache.list(map -> true));
    }
  }

  /** Its container runs and it has an address. */
  private static boolean answers(Pod pod) {
    var status = pod.getStatus();
    return status != null
        && status.getPodIP() != null
        && status.getContainerStatuses().stream()
            .anyMatch(container -> container.getState().getRunning() != null);
  }

  private boolean due(Pod pod) {
    return !questions.open(pod.getMetadata().getUid())
        && (tick % SETTLED_TICKS == 0 || !settled(pod));
  }

  private boolean settled(Pod pod) {
    return reports
        .of(pod)
        .filter(report -> report.silentSince().isEmpty())
        .flatMap(PodReport::state)
        .filter(
            state ->
                state.models().stream().allMatch(held -> held.phase() == PodState.Phase.Serving)
                    && plan(pod).filter(plan -> plan.sequence() != state.sequence()).isEmpty())
        .isPresent();
  }

  private void ask(Pod pod) {
    var uid = pod.getMetadata().getUid();
    questions.begin(uid);
    var _ =
        port.state(pod.getStatus().getPodIP())
            .whenComplete(
                (state, failure) -> {
                  questions.end(uid);
                  if (failure == null) {
                    answered(pod, state);
                  } else if (reports.silent(uid, clock.instant())) {
                    wakes.add(service(pod));
                  }
                });
  }

  private void answered(Pod pod, PodState state) {
    if (reports.answered(pod.getMetadata().getUid(), state)) {
      wakes.add(service(pod));
    }
    plan(pod)
        .filter(plan -> plan.sequence() > state.sequence())
        .ifPresent(plan -> order(pod, plan));
  }

  private void order(Pod pod, ServingPlan plan) {
    var _ =
        port.order(pod.getStatus().getPodIP(), plan)
            .whenComplete(
                (status, failure) ->
                    LOG.debugf(
                        "plan %d to pod %s: %s",
                        plan.sequence(),
                        pod.getMetadata().getName(),
                        failure == null ? status : failure));
  }

  private Optional<ServingPlan> plan(Pod pod) {
    var cache = plans;
    var service = service(pod);
    return cache == null
        ? Optional.empty()
        : cache
            .get(
                new ResourceID(
                    Names.planConfigMap(service.getName()), service.getNamespace().orElse(null)))
            .flatMap(readPlans::of);
  }

  private static ResourceID service(Pod pod) {
    return new ResourceID(Labels.serviceOf(pod).orElseThrow(), pod.getMetadata().getNamespace());
  }
}
