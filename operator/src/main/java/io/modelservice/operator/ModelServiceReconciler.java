package io.modelservice.operator;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceStatus;
import io.modelservice.operator.apply.Applier;
import io.modelservice.operator.apply.Events;
import io.modelservice.operator.apply.NamespaceTerminating;
import io.modelservice.operator.apply.Refused;
import io.modelservice.operator.observe.Observer;
import io.modelservice.operator.plan.Planner;
import io.modelservice.operator.podstate.PodStateLoop;
import io.modelservice.operator.render.Labels;
import io.modelservice.operator.render.Names;
import io.modelservice.operator.report.Announcement;
import io.modelservice.operator.report.StatusPatch;
import io.modelservice.operator.report.StatusProjector;
import io.modelservice.operator.report.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drives one {@link ModelService}: observe the cluster, plan what should be true, apply, report.
 */
@ControllerConfiguration(
    name = "modelservice",
    fieldManager = Names.FIELD_MANAGER,
    maxReconciliationInterval = @MaxReconciliationInterval(interval = 5, timeUnit = MINUTES))
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 1_000,
    intervalMultiplier = 2,
    maxInterval = 120_000)
@RateLimited(maxReconciliations = 20, within = 5)
public class ModelServiceReconciler implements Reconciler<ModelService> {
  /** When to ask again for what the cluster did not take. */
  private static final Duration REFUSED_AGAIN = Duration.ofSeconds(30);

  private final Observer observer;
  private final Planner planner;
  private final Applier applier;
  private final Events events;
  private final PodStateLoop podStates;
  private final Clock clock;

  ModelServiceReconciler(
      Observer observer, Planner planner, Applier applier, Events events, PodStateLoop podStates) {
    this.observer = observer;
    this.planner = planner;
    this.applier = applier;
    this.events = events;
    this.podStates = podStates;
    this.clock = events.clock();
  }

  @Override
  public UpdateControl<ModelService> reconcile(
      ModelService service, Context<ModelService> context) {
    var now = clock.instant();
    var observed = observer.observe(service, context);
    var plan = planner.plan(service, observed, now);
    try {
      applier.apply(service, observed, plan, context);
    } catch (NamespaceTerminating _) {
      return UpdateControl.noUpdate();
    } catch (Refused refused) {
      var trouble = new Trouble(refused.reason(), refused.sentence());
      var status = StatusProjector.refused(service, observed, plan, trouble, now);
      return report(service, status, Optional.of(now.plus(REFUSED_AGAIN)), now);
    }
    var outcome = observer.observe(service, context); // caches hold what was just written
    var status = StatusProjector.project(service, outcome, plan, now);
    return report(service, status, plan.deadline(), now);
  }

  private UpdateControl<ModelService> report(
      ModelService service, ModelServiceStatus status, Optional<Instant> deadline, Instant now) {
    if (!status.equals(service.getStatus())) {
      Announcement.between(service, status).forEach(told -> events.tell(service, told));
      return UpdateControl.patchStatus(StatusPatch.of(service, status)).reschedule(); // josdk#3398
    }
    var settled = UpdateControl.<ModelService>noUpdate();
    deadline.ifPresent(time -> settled.rescheduleAfter(Duration.between(now, time).plusMillis(1)));
    return settled;
  }

  @Override
  public List<EventSource<?, ModelService>> prepareEventSources(
      EventSourceContext<ModelService> context) {
    var pods = informer(Pod.class, context);
    var plans = informer(ConfigMap.class, context);
    var wake = new SimpleInboundEventSource<ModelService>("pod-state");
    podStates.start(pods, plans, wake);
    return List.of(
        pods,
        plans,
        wake,
        informer(Deployment.class, context),
        informer(Service.class, context),
        informer(Job.class, context),
        informer(ControllerRevision.class, context));
  }

  /** Watches only what carries the operator's label, and maps it to its service by label. */
  private static <T extends HasMetadata> InformerEventSource<T, ModelService> informer(
      Class<T> kind, EventSourceContext<ModelService> context) {
    var configuration =
        InformerEventSourceConfiguration.from(kind, ModelService.class)
            .withLabelSelector(Labels.OURS)
            .withSecondaryToPrimaryMapper(
                object ->
                    Labels.serviceOf(object)
                        .map(name -> new ResourceID(name, object.getMetadata().getNamespace()))
                        .map(Set::of)
                        .orElseGet(Set::of))
            .build();
    return new InformerEventSource<>(configuration, context);
  }
}
