package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.modelservice.crds.Durations;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceSpec;
import io.modelservice.crds.ModelServiceSpec.Pod;
import io.modelservice.crds.Scheduling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Renders the pods of a service from its template-level fields. */
public final class PodTemplateRenderer {
  /** Longest time of a request where the user set none. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Beyond the timeout: until endpoints have propagated, and to close sessions. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private static final long NON_ROOT = 65532L;
  private static final int READ_ONLY_MODE = 0444;

  private final ServerContainer container;

  /**
   * Renders with an image for those who name none.
   *
   * @param defaultImage of the inference server where the user names none
   */
  public PodTemplateRenderer(String defaultImage) {
    this.container = new ServerContainer(defaultImage);
  }

  /**
   * The pod template of a service.
   *
   * @param template the name of the ControllerRevision that will hold the result
   */
  public PodTemplateSpec render(ModelService service, String template) {
    var spec = service.getSpec();
    var name = service.getMetadata().getName();
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels(name, template, spec.pod()))
        .withAnnotations(annotations(spec.pod()))
        .endMetadata()
        .withSpec(pod(service).build())
        .build();
  }

  private static Map<String, String> labels(String service, String template, @Nullable Pod pod) {
    var labels = new TreeMap<String, String>();
    if (pod != null && pod.labels() != null) {
      labels.putAll(pod.labels());
    }
    labels.putAll(Labels.of(service, Labels.Component.SERVER));
    labels.put(Labels.TEMPLATE, template);
    return labels;
  }

  private static @Nullable Map<String, String> annotations(@Nullable Pod pod) {
    return pod == null || pod.annotations() == null ? null : new TreeMap<>(pod.annotations());
  }

  private PodSpecBuilder pod(ModelService service) {
    var spec = service.getSpec();
    var pod =
        new PodSpecBuilder()
            .withAutomountServiceAccountToken(
                spec.pod() != null && spec.pod().serviceAccountName() != null)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(gracePeriod(spec).toSeconds())
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(NON_ROOT)
            .withRunAsGroup(NON_ROOT)
            .withFsGroup(NON_ROOT)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withContainers(container.render(service))
            .withVolumes(volumes(service.getMetadata().getName(), spec));
    if (spec.pod() != null) {
      accounts(spec.pod(), pod);
    }
    if (spec.scheduling() != null) {
      place(spec.scheduling(), pod);
    }
    if (spec.gpu() != null) {
      GpuScheduling.place(spec.gpu(), pod);
    }
    return pod;
  }

  private static void accounts(Pod settings, PodSpecBuilder pod) {
    pod.withServiceAccountName(settings.serviceAccountName());
    if (settings.imagePullSecrets() != null) {
      settings
          .imagePullSecrets()
          .forEach(secret -> pod.addToImagePullSecrets(new LocalObjectReference(secret.name())));
    }
  }

  private static void place(Scheduling scheduling, PodSpecBuilder pod) {
    pod.withNodeSelector(scheduling.nodeSelector())
        .withPriorityClassName(scheduling.priorityClassName());
    if (scheduling.tolerations() != null) {
      scheduling.tolerations().forEach(toleration -> pod.addToTolerations(rendered(toleration)));
    }
  }

  private static Toleration rendered(Scheduling.Toleration toleration) {
    return new TolerationBuilder()
        .withKey(toleration.key())
        .withOperator(toleration.operator() == null ? null : toleration.operator().name())
        .withValue(toleration.value())
        .withEffect(toleration.effect() == null ? null : toleration.effect().name())
        .withTolerationSeconds(toleration.tolerationSeconds())
        .build();
  }

  private static Duration gracePeriod(ModelServiceSpec spec) {
    if (spec.pod() != null && spec.pod().terminationGracePeriod() != null) {
      return Durations.parse(spec.pod().terminationGracePeriod());
    }
    var timeout = spec.runtime() == null ? null : spec.runtime().timeout();
    return (timeout == null ? TIMEOUT : Durations.parse(timeout)).plus(GRACE);
  }

  private static List<Volume> volumes(String service, ModelServiceSpec spec) {
    var volumes = new ArrayList<Volume>();
    volumes.add(
        new VolumeBuilder()
            .withName(ServerContainer.PLAN)
            .withNewConfigMap()
            .withName(Names.planConfigMap(service))
            .withDefaultMode(READ_ONLY_MODE)
            .addNewItem()
            .withKey(PlanConfigMap.PLAN_KEY)
            .withPath(PlanConfigMap.PLAN_KEY)
            .endItem()
            .endConfigMap()
            .build());
    if (spec.model().secretRef() != null) {
      volumes.add(
          new VolumeBuilder()
              .withName(ServerContainer.CREDENTIALS)
              .withNewSecret()
              .withSecretName(spec.model().secretRef().name())
              .withOptional(true)
              .withDefaultMode(READ_ONLY_MODE)
              .endSecret()
              .build());
    }
    volumes.add(scratch(ServerContainer.ARTIFACTS, spec.cacheLimit().orElse(null)));
    volumes.add(scratch(ServerContainer.TMP, null));
    return volumes;
  }

  private static Volume scratch(String name, @Nullable Quantity limit) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withSizeLimit(limit)
        .endEmptyDir()
        .build();
  }
}
