package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.modelservice.crds.ModelServiceSpec.Gpu;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Owns what it takes to land on a node with the right GPUs. */
final class GpuScheduling {
  static final String DEFAULT_RESOURCE = "nvidia.com/gpu";

  /** Node labels of NVIDIA's GPU feature discovery. */
  static final String PRODUCT_LABEL = "nvidia.com/gpu.product";

  static final String MEMORY_LABEL = "nvidia.com/gpu.memory";

  private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1024L * 1024);

  private GpuScheduling() {}

  static String resource(Gpu gpu) {
    return Objects.requireNonNullElse(gpu.resourceName(), DEFAULT_RESOURCE);
  }

  static Quantity count(Gpu gpu) {
    return new Quantity(String.valueOf(Objects.requireNonNullElse(gpu.count(), 1)));
  }

  /** Adds affinity and the toleration of the taint that GPU nodes usually carry. */
  static void place(Gpu gpu, PodSpecBuilder pod) {
    pod.addToTolerations(
        new TolerationBuilder()
            .withKey(resource(gpu))
            .withOperator("Exists")
            .withEffect("NoSchedule")
            .build());
    var requirements = requirements(gpu);
    if (!requirements.isEmpty()) {
      pod.withNewAffinity()
          .withNewNodeAffinity()
          .withNewRequiredDuringSchedulingIgnoredDuringExecution()
          .addNewNodeSelectorTerm()
          .withMatchExpressions(requirements)
          .endNodeSelectorTerm()
          .endRequiredDuringSchedulingIgnoredDuringExecution()
          .endNodeAffinity()
          .endAffinity();
    }
  }

  private static List<NodeSelectorRequirement> requirements(Gpu gpu) {
    var requirements = new ArrayList<NodeSelectorRequirement>();
    if (gpu.products() != null && !gpu.products().isEmpty()) {
      requirements.add(requirement(PRODUCT_LABEL, "In", gpu.products()));
    }
    if (gpu.memory() != null) {
      requirements.add(requirement(MEMORY_LABEL, "Gt", List.of(justBelow(gpu.memory()))));
    }
    return requirements;
  }

  /** The label counts MiB, and node affinity knows "greater than" only. */
  private static String justBelow(Quantity memory) {
    var mebibytes = memory.getNumericalAmount().divide(MEBIBYTE, 0, RoundingMode.CEILING);
    return mebibytes.subtract(BigDecimal.ONE).toPlainString();
  }

  private static NodeSelectorRequirement requirement(
      String label, String operator, List<String> values) {
    return new NodeSelectorRequirementBuilder()
        .withKey(label)
        .withOperator(operator)
        .withValues(values)
        .build();
  }
}
