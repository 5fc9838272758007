package io.modelservice.operator.observe;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.modelservice.crds.ModelService;
import io.modelservice.operator.plan.Template;
import io.modelservice.operator.podstate.PodReports;
import io.modelservice.operator.render.Labels;
import io.modelservice.operator.render.Labels.Component;
import io.modelservice.operator.render.Names;
import io.modelservice.operator.render.Owned;
import io.modelservice.operator.render.PlanConfigMap;
import io.modelservice.operator.render.TemplateRevision;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the caches; no I/O. */
@ApplicationScoped
public class Observer {
  private final PodReports reports;

  Observer(PodReports reports) {
    this.reports = reports;
  }

  public Observation observe(ModelService service, Context<ModelService> context) {
    var name = service.getMetadata().getName();
    return new Observation(
        owned(service, context, ConfigMap.class, Names.planConfigMap(name))
            .flatMap(PlanConfigMap::read),
        owned(service, context, Deployment.class, name),
        templates(service, context),
        pods(service, context, Component.SERVER),
        pods(service, context, Component.RESOLVE));
  }

  private static List<Template> templates(ModelService service, Context<ModelService> context) {
    return owned(service, context, ControllerRevision.class)
        .map(TemplateRevision::read)
        .sorted(comparingLong(Template::number))
        .toList();
  }

  /** Pods that are older than the service are the last ones of another of the same name. */
  private List<ServingPod> pods(
      ModelService service, Context<ModelService> context, Component component) {
    var created = service.getMetadata().getCreationTimestamp();
    return context.getSecondaryResources(Pod.class).stream()
        .filter(pod -> Labels.is(component, pod))
        .filter(pod -> pod.getMetadata().getCreationTimestamp().compareTo(created) >= 0)
        .sorted(
            comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                .thenComparing(pod -> pod.getMetadata().getName()))
        .map(pod -> new ServingPod(pod, reports.of(pod)))
        .toList();
  }

  private static <T extends HasMetadata> Optional<T> owned(
      ModelService service, Context<ModelService> context, Class<T> kind, String name) {
    return owned(service, context, kind)
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }

  private static <T extends HasMetadata> Stream<T> owned(
      ModelService service, Context<ModelService> context, Class<T> kind) {
    return context.getSecondaryResources(kind).stream().filter(object -> Owned.by(service, object));
  }
}
