package io.modelservice.operator.observe;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.modelservice.operator.plan.StoredPlan;
import io.modelservice.operator.plan.Template;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one service at one moment.
 *
 * @param plan the plan ConfigMap, if it is there and readable
 * @param templates stored pod templates, oldest first
 * @param pods the service's pods, oldest first
 * @param resolvers pods that check a model of it, oldest first
 */
public record Observation(
    Optional<StoredPlan> plan,
    Optional<Deployment> deployment,
    List<Template> templates,
    List<ServingPod> pods,
    List<ServingPod> resolvers) {

  /** The pod of a Job that checks a model. */
  public Optional<ServingPod> resolver(String job) {
    return resolvers.stream().filter(pod -> pod.ofJob(job)).findFirst();
  }

  /** Pods that answer users and are not leaving. */
  public List<ServingPod> readyPods() {
    return pods.stream().filter(ServingPod::ready).toList();
  }

  public Optional<Template> template(String name) {
    return templates.stream().filter(template -> template.name().equals(name)).findFirst();
  }
}
