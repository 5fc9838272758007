package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import io.modelservice.e2e.cluster.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever is wrong has a name: in a condition, in an event, with what was seen. */
@OnCluster
@Tag("skeleton")
class BadInputE2E {
  private static final Duration SOON = Duration.ofMinutes(2);

  static final List<Arguments> MISTAKES =
      List.of(
          mistake("no-bucket", Reason.ArtifactNotFound, Models.at("s3://nowhere/x"), "nowhere"),
          mistake("no-object", Reason.ArtifactNotFound, Models.at("s3://models/e2e/none"), "none"),
          mistake("half-a-file", Reason.ModelInvalid, Models.CORRUPT, "model.onnx"),
          mistake("odd-operator", Reason.ModelUnsupported, Models.UNKNOWN_OPERATOR, "Telepathy"),
          mistake("odd-opset", Reason.ModelUnsupported, Models.UNKNOWN_OPSET, "99"),
          mistake("no-labels", Reason.LabelsMissing, Models.UNLABELLED, "labels.txt"),
          mistake(
              "no-store",
              Reason.StoreUnreachable,
              Models.at("http://172.30.0.1:1/model.onnx"),
              "172.30.0.1"),
          mistake(
              "no-image",
              Reason.ImagePullFailed,
              Models.SIMPLE + "runtime: {image: \"localhost/nobody/nothing:1\"}\n",
              "localhost/nobody/nothing:1"),
          mistake(
              "no-reference",
              Reason.ReferenceMissing,
              Models.SIMPLE
                  + "runtime: {env: [{name: A, valueFrom: {secretKeyRef: {name: gone, key: a}}}]}\n",
              "gone"),
          mistake(
              "too-little-to-start",
              Reason.OOMKilled,
              Models.SIMPLE + "resources: {limits: {memory: 48Mi}}\n",
              "memory"),
          mistake(
              "too-little-to-load",
              Reason.DoesNotFit,
              Models.EFFICIENTNET + "resources: {limits: {memory: 128Mi}}\n",
              "memory"));

  private static Arguments mistake(String service, Reason reason, String spec, String evidence) {
    return Arguments.of(service, reason, spec, evidence);
  }

  @ParameterizedTest
  @FieldSource("MISTAKES")
  void aMistakeIsNamedWithItsEvidence(
      String service, Reason reason, String spec, String evidence, Space space) {
    space.apply(service, spec);

    var ready = space.awaitCondition(service, "Ready", reason);

    assertThat(ready.message()).contains(evidence).contains(reason.sentence());
    assertEvent(space, service, reason);
    space.kubectl("delete", "ms", service);
  }

  @Test
  void aWrongKeyIsNamed(Space space) {
    space.secret("wrong-keys", Store.keys("not-the-secret"));
    space.apply("wrong-key", Models.withKeys("s3://models/e2e/simple", "wrong-keys"));

    var ready = space.awaitCondition("wrong-key", "Ready", Reason.AccessDenied);

    assertThat(ready.message()).doesNotContain("not-the-secret");
    assertEvent(space, "wrong-key", Reason.AccessDenied);
    space.kubectl("delete", "ms", "wrong-key");
  }

  @Test
  void keysThatComeLaterAreUsed(Space space) {
    space.apply("early", Models.withKeys("s3://models/e2e/simple", "later-keys"));
    var ready = space.awaitCondition("early", "Ready", Reason.CredentialsMissing);
    assertThat(ready.message()).contains("AWS_ACCESS_KEY_ID");
    assertEvent(space, "early", Reason.CredentialsMissing);
    var processes = space.processes("early");

    space.secret("later-keys", Store.keys(Store.SECRET_KEY));

    space.awaitReady("early");
    assertThat(space.processes("early")).isEqualTo(processes);
  }

  @Test
  void aModelThatIsMendedIsServed(Space space) {
    space.apply("mended", Models.CORRUPT);
    space.awaitCondition("mended", "Ready", Reason.ModelInvalid);

    space.apply("mended", Models.SIMPLE);

    space.awaitReady("mended");
  }

  @Test
  void aQuotaThatIsUsedUpIsNamed(Space space) {
    var tight = space.cluster().space(space.name() + "-tight");
    try {
      var quota =
          new ResourceQuotaBuilder()
              .withNewMetadata()
              .withName("no-pods")
              .withNamespace(tight.name())
              .endMetadata()
              .withNewSpec()
              .withHard(Map.of("pods", new Quantity("0")))
              .endSpec()
              .build();
      var resource = tight.client().resource(quota);
      resource.create();
      await("the quota counts")
          .atMost(SOON)
          .until(
              () ->
                  resource.get().getStatus() != null
                      && resource.get().getStatus().getHard() != null);

      tight.apply("unlucky", Models.SIMPLE);

      var ready = tight.awaitCondition("unlucky", "Ready", Reason.QuotaExceeded);
      assertThat(ready.message()).contains("no-pods");
      assertEvent(tight, "unlucky", Reason.QuotaExceeded);
    } finally {
      tight.remove();
    }
  }

  private static void assertEvent(Space space, String service, Reason reason) {
    await("an event " + reason + " about " + service)
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(space.events(service))
                    .anyMatch(event -> event.getReason().equals(reason.name())));
  }
}
