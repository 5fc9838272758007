package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.InferenceRequest;
import io.modelservice.e2e.client.Tensor;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody removes a part of a service by hand, and it comes back; or removes all of it. */
@OnCluster
@Tag("skeleton")
class HealingE2E {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final List<Tensor> ONES =
      List.of(
          Tensor.ints("INPUT0", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
          Tensor.ints("INPUT1", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));

  @Test
  void aDeletedPodIsReplaced(Space space) {
    start(space, "pod-gone");
    var lost = space.pod("pod-gone");

    space.client().resource(lost).delete();

    awaitAnotherPod(space, "pod-gone", lost);
  }

  @Test
  void aDeletedServiceObjectIsMadeAgain(Space space) {
    start(space, "address-gone");
    var address = space.client().services().inNamespace(space.name()).withName("address-gone");
    var processes = space.processes("address-gone");
    var lost = address.get();

    address.delete();

    awaitReplaced(lost, address::get);
    await("it answers").atMost(SOON).untilAsserted(() -> assertAnswers(space, "address-gone"));
    assertThat(space.processes("address-gone")).isEqualTo(processes);
  }

  @Test
  void aDeletedDeploymentIsMadeAgain(Space space) {
    start(space, "deployment-gone");
    var deployment =
        space.client().apps().deployments().inNamespace(space.name()).withName("deployment-gone");
    var lost = deployment.get();
    var pod = space.pod("deployment-gone");

    deployment.delete();

    awaitReplaced(lost, deployment::get);
    awaitAnotherPod(space, "deployment-gone", pod);
  }

  @Test
  void aDeletedPlanIsMadeAgainForTheSameModel(Space space) {
    start(space, "plan-gone");
    var plan = space.client().configMaps().inNamespace(space.name()).withName("plan-gone-plan");
    var lost = plan.get();
    var stable = space.stable("plan-gone");
    var processes = space.processes("plan-gone");

    plan.delete();

    awaitReplaced(lost, plan::get);
    space.awaitReady("plan-gone");
    assertThat(space.stable("plan-gone")).isEqualTo(stable);
    assertThat(space.processes("plan-gone")).isEqualTo(processes);
    assertAnswers(space, "plan-gone");
  }

  @Test
  void aDamagedPlanIsWrittenAgain(Space space) {
    start(space, "plan-damaged");
    var plan = space.client().configMaps().inNamespace(space.name()).withName("plan-damaged-plan");
    var processes = space.processes("plan-damaged");
    var damage = "{\"version\": 1, \"models\": [";

    plan.edit(
        map -> {
          map.getData().put("plan.json", damage);
          return map;
        });

    await("the plan is whole again")
        .atMost(SOON)
        .until(() -> !damage.equals(plan.get().getData().get("plan.json")));
    space.awaitReady("plan-damaged");
    assertThat(space.processes("plan-damaged")).isEqualTo(processes);
    assertAnswers(space, "plan-damaged");
  }

  @Test
  void aDeletedServiceLeavesNothingBehind(Space space) {
    start(space, "short-lived");
    assertThat(space.objects("short-lived")).hasSizeGreaterThan(4);

    space.kubectl("delete", "ms", "short-lived");

    await("nothing is left").atMost(SOON).until(() -> space.objects("short-lived").isEmpty());
  }

  @Test
  void suspendStopsThePodsAndResumeBringsThemBack(Space space) {
    start(space, "sleeper");

    space.apply("sleeper", Models.SIMPLE + "suspend: true");

    space.awaitCondition("sleeper", "Ready", Reason.Suspended);
    space.awaitNoPods("sleeper");
    assertThat(space.stable("sleeper").revision()).isNotEmpty();

    space.apply("sleeper", Models.SIMPLE + "suspend: false");

    space.awaitReady("sleeper");
    assertAnswers(space, "sleeper");
  }

  @Test
  void kubectlScaleSetsTheNumberOfPods(Space space) {
    start(space, "accordion");

    space.kubectl("scale", "ms/accordion", "--replicas=2");

    space.awaitReady("accordion");
    assertThat(space.pods("accordion")).hasSize(2);
    assertThat(space.get("accordion").getStatus().readyReplicas()).isEqualTo(2);

    space.kubectl("scale", "ms/accordion", "--replicas=0");

    space.awaitCondition("accordion", "Ready", Reason.ScaledToZero);
    space.awaitNoPods("accordion");
  }

  @Test
  void oldTemplatesAreForgotten(Space space) {
    var templates =
        space
            .client()
            .apps()
            .controllerRevisions()
            .inNamespace(space.name())
            .withLabel(Space.SERVICE, "restless");

    for (var i = 1; i <= 8; i++) {
      var newest = "restless-template-" + i;
      space.apply("restless", Models.SIMPLE + "replicas: 0\npod: {restartedAt: \"" + i + "\"}\n");
      await(newest)
          .atMost(SOON)
          .until(
              () ->
                  templates.list().getItems().stream()
                      .anyMatch(template -> template.getMetadata().getName().equals(newest)));
    }

    await("some of eight are left")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(templates.list().getItems()).hasSizeBetween(2, 5));
  }

  @Test
  void twoServicesDoNotDisturbEachOther(Space space) {
    start(space, "quiet");
    start(space, "busy");
    var processes = space.processes("quiet");
    var version = space.get("quiet").getMetadata().getResourceVersion();

    space.apply("busy", Models.PRODUCT + "replicas: 2");
    space.awaitReady("busy");
    space.kubectl("delete", "ms", "busy");
    await("busy is gone").atMost(SOON).until(() -> space.objects("busy").isEmpty());

    assertThat(space.processes("quiet")).isEqualTo(processes);
    assertThat(space.get("quiet").getMetadata().getResourceVersion()).isEqualTo(version);
    assertAnswers(space, "quiet");
  }

  private static void start(Space space, String service) {
    space.apply(service, Models.SIMPLE);
    space.awaitReady(service);
  }

  private static void assertAnswers(Space space, String service) {
    var sum = space.endpoint(service).outputs(InferenceRequest.json(ONES)).getFirst();
    assertThat(sum.values()[0]).isEqualTo(2);
  }

  private static void awaitAnotherPod(Space space, String service, HasMetadata lost) {
    await("another pod of " + service)
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(space.pods(service))
                    .isNotEmpty()
                    .noneMatch(pod -> uid(pod).equals(uid(lost))));
    space.awaitReady(service);
    await(service + " answers").atMost(SOON).untilAsserted(() -> assertAnswers(space, service));
  }

  private static void awaitReplaced(
      HasMetadata lost, Supplier<? extends @Nullable HasMetadata> now) {
    await(lost.getKind() + " is made again")
        .atMost(SOON)
        .until(
            () -> {
              var found = now.get();
              return found != null && !uid(found).equals(uid(lost));
            });
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
