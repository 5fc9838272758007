package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.modelservice.crds.ModelService;
import io.modelservice.operator.plan.Plan;

/** Renders the one Deployment of a service. */
public final class DeploymentRenderer {
  /** ReplicaSets that nobody returns to: templates are kept in ControllerRevisions. */
  private static final int OLD_REPLICA_SETS = 2;

  /** The operator judges progress itself; Kubernetes' own verdict must not come first. */
  private static final int PROGRESS_DEADLINE_SECONDS = 2_147_483_647;

  private DeploymentRenderer() {}

  /** Everything but the number of pods, which is written through the scale subresource. */
  public static Deployment render(ModelService service, Plan plan) {
    var name = service.getMetadata().getName();
    return new DeploymentBuilder()
        .withMetadata(Owned.metadata(service, name, Labels.Component.SERVER))
        .withNewSpec()
        .withNewSelector()
        .withMatchLabels(Labels.selector(name))
        .endSelector()
        .withRevisionHistoryLimit(OLD_REPLICA_SETS)
        .withProgressDeadlineSeconds(PROGRESS_DEADLINE_SECONDS)
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxSurge(plan.surge().maxSurge())
        .withNewMaxUnavailable(plan.surge().maxUnavailable())
        .endRollingUpdate()
        .endStrategy()
        .withTemplate(plan.template().pod())
        .endSpec()
        .build();
  }

  /** The same with its first number of pods: without one, Kubernetes would start a pod at once. */
  public static Deployment renderNew(ModelService service, Plan plan) {
    return render(service, plan)
        .edit()
        .editSpec()
        .withReplicas(plan.replicasNow())
        .endSpec()
        .build();
  }
}
