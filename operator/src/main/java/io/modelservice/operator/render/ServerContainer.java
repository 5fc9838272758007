package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceSpec;
import io.modelservice.crds.ModelServiceStatus;
import io.modelservice.crds.RuntimeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Renders the one container of a serving pod: the inference server. */
final class ServerContainer {
  /** Names of the volumes. */
  static final String PLAN = "plan";

  static final String CREDENTIALS = "credentials";
  static final String ARTIFACTS = "artifacts";
  static final String TMP = "tmp";

  static final int HTTP_PORT = 8080;
  static final int GRPC_PORT = 8081;
  static final int MANAGEMENT_PORT = 9000;

  private static final String PLAN_FOLDER = "/etc/modelservice/plan";
  private static final String CREDENTIALS_FOLDER = "/etc/modelservice/credentials";
  private static final String ARTIFACTS_FOLDER = "/var/lib/modelservice";

  private static final Quantity CPU = new Quantity("100m");

  /** The server itself, and a small model twice, for as long as the model's size is not known. */
  private static final Quantity MEMORY_OF_AN_UNKNOWN_MODEL = new Quantity("384Mi");

  /** The server itself, measured with a tiny model: about 180 MB. */
  private static final long SERVER_MEBIBYTES = 256;

  /** A new model is loaded beside the old one. */
  private static final long MODELS_SIDE_BY_SIDE = 2;

  private static final long MEBIBYTE = 1024L * 1024;

  private final String defaultImage;

  ServerContainer(String defaultImage) {
    this.defaultImage = defaultImage;
  }

  Container render(ModelService service) {
    var spec = service.getSpec();
    var image = spec.runtime() == null ? null : spec.runtime().image();
    return new ContainerBuilder()
        .withName(Names.CONTAINER)
        .withImage(Objects.requireNonNullElse(image, defaultImage))
        .withImagePullPolicy("IfNotPresent")
        .withEnv(environment(spec))
        .withPorts(
            port("http", HTTP_PORT), port("grpc", GRPC_PORT), port("management", MANAGEMENT_PORT))
        .withResources(resources(spec, memoryRequest(service.getStatus())))
        .withVolumeMounts(mounts(spec))
        .withStartupProbe(probe("started", 1, 120))
        .withLivenessProbe(probe("live", 10, 6))
        .withReadinessProbe(probe("ready", 1, 3))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .build();
  }

  private static ContainerPort port(String name, int number) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withProtocol("TCP")
        .build();
  }

  private static List<EnvVar> environment(ModelServiceSpec spec) {
    var environment = new ArrayList<EnvVar>();
    environment.add(
        new EnvVarBuilder()
            .withName("MODELSERVICE_POD")
            .withNewValueFrom()
            .withNewFieldRef("v1", "metadata.name")
            .endValueFrom()
            .build());
    environment.add(
        new EnvVarBuilder()
            .withName("MODELSERVICE_PLAN_FILE")
            .withValue(PLAN_FOLDER + "/" + PlanConfigMap.PLAN_KEY)
            .build());
    spec.cacheLimit()
        .map(limit -> limit.getNumericalAmount().toBigInteger().toString())
        .map(bytes -> new EnvVar("MODELSERVICE_ARTIFACTS_LIMIT", bytes, null))
        .ifPresent(environment::add);
    if (spec.runtime() != null && spec.runtime().env() != null) {
      spec.runtime().env().forEach(variable -> environment.add(rendered(variable)));
    }
    return environment;
  }

  private static EnvVar rendered(RuntimeSpec.EnvVar variable) {
    var rendered = new EnvVarBuilder().withName(variable.name()).withValue(variable.value());
    var from = variable.valueFrom();
    if (from != null && from.secretKeyRef() != null) {
      var key = from.secretKeyRef();
      rendered
          .withNewValueFrom()
          .withNewSecretKeyRef(key.key(), key.name(), key.optional())
          .endValueFrom();
    }
    if (from != null && from.configMapKeyRef() != null) {
      var key = from.configMapKeyRef();
      rendered
          .withNewValueFrom()
          .withNewConfigMapKeyRef(key.key(), key.name(), key.optional())
          .endValueFrom();
    }
    return rendered.build();
  }

  /** By the estimate of the model that is served when the template is rendered, if there is one. */
  private static Quantity memoryRequest(@Nullable ModelServiceStatus status) {
    var estimate =
        Optional.ofNullable(status)
            .map(ModelServiceStatus::model)
            .map(ModelServiceStatus.Model::memoryEstimate);
    return estimate
        .map(text -> new Quantity(text).getNumericalAmount().longValue() / MEBIBYTE)
        .map(mebibytes -> SERVER_MEBIBYTES + MODELS_SIDE_BY_SIDE * mebibytes)
        .map(mebibytes -> new Quantity(mebibytes + "Mi"))
        .orElse(MEMORY_OF_AN_UNKNOWN_MODEL);
  }

  private static ResourceRequirements resources(ModelServiceSpec spec, Quantity memory) {
    var requests = new TreeMap<>(Map.of("cpu", CPU, "memory", memory));
    var limits = new TreeMap<String, Quantity>();
    var asked = spec.resources();
    if (asked != null && asked.limits() != null) {
      limits.putAll(asked.limits());
      requests.putAll(asked.limits()); // as Kubernetes does where only a limit is given
    }
    if (asked != null && asked.requests() != null) {
      requests.putAll(asked.requests());
    }
    if (spec.gpu() != null) {
      limits.put(GpuScheduling.resource(spec.gpu()), GpuScheduling.count(spec.gpu()));
      requests.put(GpuScheduling.resource(spec.gpu()), GpuScheduling.count(spec.gpu()));
    }
    return new ResourceRequirementsBuilder()
        .withRequests(requests)
        .withLimits(limits.isEmpty() ? null : limits)
        .build();
  }

  private static List<VolumeMount> mounts(ModelServiceSpec spec) {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(mount(PLAN, PLAN_FOLDER));
    if (spec.model().secretRef() != null) {
      mounts.add(mount(CREDENTIALS, CREDENTIALS_FOLDER));
    }
    mounts.replaceAll(mount -> new VolumeMountBuilder(mount).withReadOnly(true).build());
    mounts.add(mount(ARTIFACTS, ARTIFACTS_FOLDER));
    mounts.add(mount(TMP, "/tmp"));
    return mounts;
  }

  private static VolumeMount mount(String volume, String folder) {
    return new VolumeMountBuilder().withName(volume).withMountPath(folder).build();
  }

  private static Probe probe(String health, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/q/health/" + health)
        .withNewPort(MANAGEMENT_PORT)
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(5)
        .withFailureThreshold(failures)
        .withSuccessThreshold(1)
        .build();
  }
}
