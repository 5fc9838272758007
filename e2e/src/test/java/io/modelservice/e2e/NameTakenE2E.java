package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.cluster.Command;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A service whose objects would have the names of somebody else's. */
@OnCluster
@Tag("skeleton")
class NameTakenE2E {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 0
        selector: {matchLabels: {app: mine}}
        template:
          metadata: {labels: {app: mine}}
          spec: {containers: [{name: mine, image: "mine:1"}]}
      """;

  static final List<Arguments> FOREIGN =
      List.of(
          Arguments.of("web", "Deployment", "web", DEPLOYMENT),
          Arguments.of(
              "shop",
              "Service",
              "shop",
              """
              apiVersion: v1
              kind: Service
              metadata: {name: shop}
              spec: {selector: {app: mine}, ports: [{port: 80}]}
              """),
          Arguments.of(
              "notes",
              "ConfigMap",
              "notes-plan",
              """
              apiVersion: v1
              kind: ConfigMap
              metadata: {name: notes-plan}
              data: {plan.json: buy milk}
              """),
          Arguments.of(
              "past",
              "ControllerRevision",
              "past-template-1",
              """
              apiVersion: apps/v1
              kind: ControllerRevision
              metadata: {name: past-template-1}
              revision: 1
              data: {mine: true}
              """));

  @ParameterizedTest(name = "{1} {2}")
  @FieldSource("FOREIGN")
  void aForeignObjectOfTheNameStaysUntouched(
      String service, String kind, String name, String yaml, Space space) {
    create(space, yaml);
    var before = content(space, kind, name);

    space.apply(service, Models.SIMPLE);

    var stalled = space.awaitCondition(service, "Stalled", "True", Reason.NameTaken);
    assertThat(stalled.message()).contains(kind + " " + name);
    assertThat(space.awaitCondition(service, "Ready", Reason.NameTaken)).isNotNull();
    assertThat(space.events(service)).anyMatch(event -> event.getReason().equals("NameTaken"));
    assertThat(content(space, kind, name)).isEqualTo(before);

    space.kubectl("delete", "ms", service);
    assertThat(content(space, kind, name)).isEqualTo(before);
    space.kubectl("delete", kind, name);
  }

  @Test
  void whenTheNameIsFreeTheServiceIsMade(Space space) {
    create(space, DEPLOYMENT);
    space.apply("web", Models.SIMPLE);
    space.awaitCondition("web", "Ready", Reason.NameTaken);

    space.kubectl("delete", "deployment", "web");

    space.awaitReady("web");
    space.kubectl("delete", "ms", "web");
  }

  private static void create(Space space, String yaml) {
    Command.runWith(yaml, "kubectl", "--namespace", space.name(), "create", "--filename", "-");
  }

  /** Whose it is and what it says, without what its own controller notes about it. */
  private static String content(Space space, String kind, String name) {
    var fields = "{.metadata.uid}{.metadata.labels}{.metadata.ownerReferences}{.spec}{.data}";
    return space.kubectl("get", kind, name, "--output=jsonpath=" + fields);
  }
}
