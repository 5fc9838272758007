package io.modelservice.operator.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.modelservice.crds.ModelService;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.plan.Plan;
import io.modelservice.operator.render.DeploymentRenderer;
import io.modelservice.operator.render.PeersServiceRenderer;
import io.modelservice.operator.render.PlanConfigMap;
import io.modelservice.operator.render.ServiceRenderer;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes a plan true, in an order that an interruption at any point does not harm. */
@ApplicationScoped
public class Applier {
  private final ScaleSubresource scale;

  Applier(ScaleSubresource scale) {
    this.scale = scale;
  }

  /**
   * Writes what differs.
   *
   * @throws Refused if the cluster does not take an object
   */
  public void apply(
      ModelService service, Observation observed, Plan plan, Context<ModelService> context) {
    var objects = new ServiceObjects(service, context);
    TemplateHistory.keep(objects, observed, plan);
    storePlan(objects, observed, plan);
    objects.apply(Service.class, ServiceRenderer.render(service));
    objects.apply(Service.class, PeersServiceRenderer.render(service));
    ResolveJobs.keep(objects, plan);
    if (observed.deployment().isPresent() || !plan.holdsPodsBack()) {
      scale.ensure(deployment(objects, plan), plan.replicasNow());
    }
  }

  /** Written only if it changed, and only over the version that was read. */
  private static void storePlan(ServiceObjects objects, Observation observed, Plan plan) {
    var map = PlanConfigMap.render(objects.service(), plan.stored());
    if (observed.plan().isPresent()) {
      if (!observed.plan().get().sameContentAs(plan.stored())) {
        objects.replace(ConfigMap.class, map);
      }
      return;
    }
    var damaged = objects.cached(ConfigMap.class, map.getMetadata().getName());
    if (damaged.isEmpty()) {
      objects.create(ConfigMap.class, map);
    } else {
      map.getMetadata().setResourceVersion(damaged.get().getMetadata().getResourceVersion());
      objects.replace(ConfigMap.class, map);
    }
  }

  private static Deployment deployment(ServiceObjects objects, Plan plan) {
    var service = objects.service();
    var cached = objects.cached(Deployment.class, service.getMetadata().getName());
    if (cached.isEmpty()) {
      return objects.create(Deployment.class, DeploymentRenderer.renderNew(service, plan));
    }
    // replicas that nobody else owns yet fall back to 1 when left out
    var desired =
        ScaleSubresource.ownedByScaler(cached.get())
            ? DeploymentRenderer.render(service, plan)
            : DeploymentRenderer.renderNew(service, plan);
    return objects.apply(Deployment.class, desired);
  }
}
