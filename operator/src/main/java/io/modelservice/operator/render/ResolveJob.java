package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.operator.plan.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Renders the Job that checks a model: the pod template with the command {@code resolve} in place
 * of the server, and without its GPUs.
 */
public final class ResolveJob {
  private static final String RESULT = "/dev/termination-log";
  private static final Set<String> OF_THE_SERVER =
      Set.of(ServerContainer.PLAN, ServerContainer.ARTIFACTS);

  private ResolveJob() {}

  public static Job render(ModelService service, String name, Entry entry, Template template) {
    return new JobBuilder()
        .withMetadata(Owned.metadata(service, name, Labels.Component.RESOLVE))
        .withNewSpec()
        .withBackoffLimit(0)
        .withTemplate(pod(service, entry, template.pod()))
        .endSpec()
        .build();
  }

  private static PodTemplateSpec pod(ModelService service, Entry entry, PodTemplateSpec template) {
    var name = service.getMetadata().getName();
    var resource =
        service.getSpec().gpu() == null ? "" : GpuScheduling.resource(service.getSpec().gpu());
    return new PodTemplateSpecBuilder(template)
        .editMetadata()
        .addToLabels(Labels.of(name, Labels.Component.RESOLVE))
        .endMetadata()
        .editSpec()
        .withRestartPolicy("Never")
        .withAffinity(null)
        .withVolumes(
            template.getSpec().getVolumes().stream()
                .filter(volume -> !OF_THE_SERVER.contains(volume.getName()))
                .toList())
        .withContainers(container(template.getSpec(), entry, resource))
        .endSpec()
        .build();
  }

  private static Container container(PodSpec pod, Entry entry, String gpu) {
    var server = pod.getContainers().getFirst();
    return new ContainerBuilder(server)
        .withArgs(arguments(entry))
        .withPorts(List.of())
        .withStartupProbe(null)
        .withLivenessProbe(null)
        .withReadinessProbe(null)
        .withResources(without(gpu, server.getResources()))
        .withVolumeMounts(
            server.getVolumeMounts().stream()
                .filter(mount -> !OF_THE_SERVER.contains(mount.getName()))
                .toList())
        .build();
  }

  private static List<String> arguments(Entry entry) {
    var arguments = new ArrayList<>(List.of("resolve", entry.uri(), "--result", RESULT));
    if (entry.settings().task() != null) {
      arguments.addAll(List.of("--task", entry.settings().task().id()));
    }
    return arguments;
  }

  private static ResourceRequirements without(String resource, ResourceRequirements server) {
    return new ResourceRequirementsBuilder(server)
        .withRequests(without(resource, server.getRequests()))
        .withLimits(without(resource, server.getLimits()))
        .build();
  }

  private static @Nullable Map<String, Quantity> without(
      String resource, @Nullable Map<String, Quantity> amounts) {
    return amounts == null
        ? null
        : amounts.entrySet().stream()
            .filter(amount -> !amount.getKey().equals(resource))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
