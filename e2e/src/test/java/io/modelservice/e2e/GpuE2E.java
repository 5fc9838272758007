package io.modelservice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Services that ask for GPUs, on a fleet of two nodes with four devices each: A100 with 40 GB on
 * one, H100 with 80 GB on the other.
 */
@OnCluster
@Tag("skeleton")
@Tag("supply")
class GpuE2E {
  /** Twice what is promised on a node of one's own: tests run side by side. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String PRODUCT = "nvidia.com/gpu.product";
  private static final String MEMORY = "nvidia.com/gpu.memory";

  @AfterEach
  void freeTheDevices(Space space) {
    space.kubectl("delete", "ms", "--all");
    await("no pods")
        .atMost(Duration.ofMinutes(3))
        .until(() -> space.client().pods().inNamespace(space.name()).list().getItems().isEmpty());
  }

  @Test
  void podsGoWhereTheProductIs(Space space) {
    space.apply("hopper", Models.SIMPLE + "gpu: {count: 2, products: [NVIDIA-H100-80GB-HBM3]}\n");
    space.awaitReady("hopper");

    assertThat(nodeLabel(space, space.pod("hopper"), PRODUCT)).isEqualTo("NVIDIA-H100-80GB-HBM3");
    assertThat(devices(space.pod("hopper"))).isEqualTo("2");
  }

  @Test
  void podsGoWhereTheMemoryIs(Space space) {
    space.apply("large", Models.SIMPLE + "gpu: {memory: 79Gi}\n");
    space.awaitReady("large");

    assertThat(Integer.parseInt(nodeLabel(space, space.pod("large"), MEMORY)))
        .isGreaterThanOrEqualTo(79 * 1024);
  }

  @Test
  void exactlyTheMemoryOfANodeIsEnough(Space space) {
    space.apply(
        "exact", Models.SIMPLE + "gpu: {memory: 40Gi, products: [NVIDIA-A100-SXM4-40GB]}\n");
    space.awaitReady("exact");

    assertThat(nodeLabel(space, space.pod("exact"), PRODUCT)).isEqualTo("NVIDIA-A100-SXM4-40GB");
  }

  @Test
  void aBadModelIsRefusedBeforeAPodWithGpusIsMade(Space space) {
    space.apply("broken", Models.UNKNOWN_OPERATOR + "gpu: {count: 1}\n");

    var ready = space.awaitCondition("broken", "Ready", Reason.ModelUnsupported);

    assertThat(ready.message()).contains("Telepathy");
    assertThat(space.pods("broken")).isEmpty();
    assertThat(space.objects("broken")).noneMatch(name -> name.startsWith("deployment"));
    assertThat(space.condition("broken", "Stalled").orElseThrow().status()).isEqualTo("True");
    space.apply("broken", Models.SIMPLE + "gpu: {count: 1}\n");
    space.awaitReady("broken");
    assertThat(space.objects("broken"))
        .as("Jobs go with their verdict")
        .noneMatch(n -> n.startsWith("job"));
  }

  @Test
  void aBadModelIsRefusedWithinSeconds(Space space) {
    space.apply("warm-up", Models.UNKNOWN_OPERATOR + "gpu: {count: 1}\n");
    space.awaitCondition("warm-up", "Ready", Reason.ModelUnsupported);

    space.apply("quick", Models.CORRUPT + "gpu: {count: 1}\n");

    await("a verdict").atMost(SOON).until(() -> refused(space, "quick"));
  }

  private static boolean refused(Space space, String service) {
    return space
        .condition(service, "Ready")
        .filter(ready -> Reason.ModelInvalid.name().equals(ready.reason()))
        .isPresent();
  }

  @Test
  void aPodTooManyIsReportedInTheSchedulersOwnWords(Space space) {
    space.apply("full", Models.SIMPLE + "gpu: {count: 4}\nreplicas: 2\n");
    space.awaitReady("full");

    space.kubectl("scale", "ms/full", "--replicas=3");

    var scheduled = space.awaitCondition("full", "Scheduled", Reason.Unschedulable);
    assertThat(scheduled.message()).contains("nodes are available").contains("nvidia.com/gpu");
    assertThat(space.awaitCondition("full", "Ready", Reason.Unschedulable).message())
        .contains("2 of 3");
    assertThat(space.condition("full", "Available").orElseThrow().status()).isEqualTo("True");
    assertThat(space.events("full")).anyMatch(event -> event.getReason().equals("Unschedulable"));
  }

  @Test
  void aModelThatNoNodeCanHoldIsReported(Space space) {
    space.apply("giant", Models.SIMPLE + "gpu: {memory: 200Gi}\n");

    var scheduled = space.awaitCondition("giant", "Scheduled", Reason.Unschedulable);

    assertThat(scheduled.message()).contains("node affinity");
  }

  @Test
  void aChangeOfTheTemplateCompletesOnAFullFleet(Space space) {
    var full = Models.SIMPLE + "gpu: {count: 4}\nreplicas: 2\n";
    space.apply("stuffed", full);
    space.awaitReady("stuffed");
    var before = space.processes("stuffed");

    space.apply("stuffed", full + "pod: {restartedAt: now}\n");

    space.awaitCondition("stuffed", "Scheduled", Reason.Unschedulable);
    await("one pod goes first")
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        space
                            .client()
                            .apps()
                            .deployments()
                            .inNamespace(space.name())
                            .withName("stuffed")
                            .get()
                            .getSpec()
                            .getStrategy()
                            .getRollingUpdate()
                            .getMaxSurge()
                            .getIntVal())
                    .isZero());
    space.awaitReady("stuffed");
    space.awaitCondition("stuffed", "UpToDate", "True", Reason.UpToDate);
    assertThat(space.processes("stuffed")).hasSize(2).doesNotContainAnyElementsOf(before);
  }

  private static String nodeLabel(Space space, Pod pod, String label) {
    var node = space.client().nodes().withName(pod.getSpec().getNodeName()).get();
    return requireNonNull(node.getMetadata().getLabels().get(label), label);
  }

  private static String devices(Pod pod) {
    var limits = pod.getSpec().getContainers().getFirst().getResources().getLimits();
    return requireNonNull(limits.get("nvidia.com/gpu")).toString();
  }
}
