package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.Calculator;
import io.modelservice.e2e.cluster.ModelStore;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for models of every kind of store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreStories {
  private ModelStore store;

  abstract ModelStore open(Space space) throws IOException;

  @BeforeAll
  void aModelIsInTheStore(Space space) throws IOException {
    store = open(space);
    store.put("first", space.cluster().settings().smallModel("simple"));
    store.put("second", space.cluster().settings().smallModel("product"));
  }

  @AfterEach
  void leave(Space space) {
    space.kubectl("delete", "ms", "--all");
    space.awaitNoPods("calculator");
    space.kubectl("delete", "secret", "keys");
  }

  @AfterAll
  void close() {
    store.close();
  }

  @Test
  void aModelIsServedAndAnotherOneTakesOver(Space space) {
    space.secret("keys", store.keys());
    space.apply("calculator", model("first"));
    space.awaitReady("calculator");
    assertThat(Calculator.answer(space.endpoint("calculator"))).as("3 and 2").isEqualTo(5);

    space.apply("calculator", model("second"));
    space.awaitReady("calculator");
    assertThat(Calculator.answer(space.endpoint("calculator"))).as("3 times 2").isEqualTo(6);
  }

  @Test
  void wrongKeysAreNamedAndNotTold(Space space) {
    space.secret("keys", store.wrongKeys());
    space.apply("calculator", model("first"));

    space.awaitCondition("calculator", "Ready", Reason.AccessDenied);

    var told =
        space.kubectl("get", "ms,events", "--output=yaml")
            + space.kubectl("logs", "--selector=" + Space.SERVICE + "=calculator");
    assertThat(told).doesNotContain(store.wrongSecret());
  }

  @Test
  void aModelThatIsNotThereIsNamed(Space space) {
    space.secret("keys", store.keys());
    space.apply("calculator", model("absent"));

    var ready = space.awaitCondition("calculator", "Ready", Reason.ArtifactNotFound);

    assertThat(ready.message()).contains("absent");
  }

  @Test
  void contentThatIsReplacedChangesNothing(Space space) throws IOException {
    store.put("moving", space.cluster().settings().smallModel("simple"));
    space.secret("keys", store.keys());
    space.apply("calculator", model("moving"));
    var before = space.awaitReady("calculator");

    store.put("moving", space.cluster().settings().smallModel("product"));
    space.scale("calculator", 2);

    assertThat(space.awaitReady("calculator").digest()).isEqualTo(before.digest());
    assertThat(Calculator.answers(space.podEndpoints("calculator")))
        .as("answer of either pod")
        .hasSize(2)
        .containsOnly(5);
  }

  private String model(String folder) {
    return "model: {uri: \"%s\", secretRef: {name: keys}}\n".formatted(store.uri(folder));
  }
}
