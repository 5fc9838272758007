package io.modelservice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.Calculator;
import io.modelservice.e2e.cluster.Hub;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models of a private repository of the Hugging Face Hub. */
@OnCluster
@Tag("supply")
class HubE2E {
  private static final String FIRST = "1".repeat(40);
  private static final String SECOND = "2".repeat(40);
  private static final String MODEL =
      "model: {uri: \"hf://%s\", secretRef: {name: hub-keys}}\n".formatted(Hub.REPOSITORY);

  private final Hub hub = new Hub();

  @BeforeEach
  void aModelIsOnTheHub(Space space) throws IOException {
    hub.push(FIRST, export(space, "simple"));
  }

  @AfterEach
  void leave(Space space) {
    space.kubectl("delete", "ms", "--all");
    space.kubectl("delete", "secret", "hub-keys");
    hub.close();
  }

  @Test
  void aPrivateRepositoryIsServed(Space space) {
    space.secret("hub-keys", hub.keys(Hub.TOKEN));
    space.apply("calculator", MODEL);

    space.awaitReady("calculator");

    assertThat(Calculator.answer(space.endpoint("calculator"))).as("3 and 2").isEqualTo(5);
  }

  @Test
  void aWrongTokenIsNamedAndNotTold(Space space) {
    space.secret("hub-keys", hub.keys("hf_wrong"));
    space.apply("calculator", MODEL);

    var ready = space.awaitCondition("calculator", "Ready", Reason.AccessDenied);

    assertThat(ready.message()).contains(Hub.REPOSITORY).contains("HF_TOKEN");
    assertThat(space.kubectl("get", "ms,events", "--output=yaml")).doesNotContain("hf_wrong");
  }

  @Test
  void aRepositoryThatIsNotThereIsNamed(Space space) {
    space.secret("hub-keys", hub.keys(Hub.TOKEN));
    space.apply("calculator", MODEL.replace(Hub.REPOSITORY, "acme/nothing"));

    var ready = space.awaitCondition("calculator", "Ready", Reason.ArtifactNotFound);

    assertThat(ready.message()).contains("acme/nothing");
  }

  @Test
  void aBranchThatMovesChangesNothingUntilItIsAskedFor(Space space) throws IOException {
    space.secret("hub-keys", hub.keys(Hub.TOKEN));
    space.apply("calculator", MODEL);
    var before = space.awaitReady("calculator");

    hub.push(SECOND, export(space, "product"));
    space.scale("calculator", 2);

    assertThat(space.awaitReady("calculator").digest()).isEqualTo(before.digest());
    assertThat(Calculator.answers(space.podEndpoints("calculator")))
        .as("answer of either pod")
        .hasSize(2)
        .containsOnly(5);

    space.apply("calculator", MODEL.replace(Hub.REPOSITORY, Hub.REPOSITORY + "@" + SECOND));
    space.awaitReady("calculator");
    assertThat(Calculator.answer(space.endpoint("calculator"))).as("3 times 2").isEqualTo(6);
  }

  /** As exporters of transformers leave it. */
  private static Map<String, byte[]> export(Space space, String model) throws IOException {
    return Map.of(
        "config.json",
        "{}".getBytes(UTF_8),
        "onnx/model.onnx",
        Files.readAllBytes(space.cluster().settings().smallModel(model)));
  }
}
