package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.Calculator;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import io.modelservice.e2e.cluster.Volume;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models on a PersistentVolumeClaim. */
@OnCluster
@Tag("supply")
class ClaimE2E {
  private static final String FIRST = "model: {uri: \"pvc://models/first\"}\n";
  private static final String SECOND = "model: {uri: \"pvc://models/second\"}\n";

  private Volume volume;

  @BeforeEach
  void modelsAreOnAClaim(Space space) throws IOException {
    volume = Volume.claimed(space, "models");
    volume.put("simple", "first");
    volume.put("product", "second");
  }

  @AfterEach
  void leave(Space space) {
    space.kubectl("delete", "ms", "--all");
    space.awaitNoPods("calculator");
    volume.close();
  }

  @Test
  void aModelIsServedFromTheClaimAndAnotherFolderTakesOverWithoutARestart(Space space) {
    space.apply("calculator", FIRST);
    space.awaitReady("calculator");
    var processes = space.processes("calculator");
    assertThat(Calculator.answer(space.endpoint("calculator"))).as("3 and 2").isEqualTo(5);

    space.apply("calculator", SECOND);
    space.awaitReady("calculator");

    assertThat(Calculator.answer(space.endpoint("calculator"))).as("3 times 2").isEqualTo(6);
    assertThat(space.processes("calculator")).isEqualTo(processes);
  }

  @Test
  void aFolderThatIsNotThereIsNamed(Space space) {
    space.apply("calculator", FIRST.replace("first", "absent"));

    var ready = space.awaitCondition("calculator", "Ready", Reason.ArtifactNotFound);

    assertThat(ready.message()).contains("pvc://models/absent");
  }

  @Test
  void aClaimThatIsNotThereIsNamed(Space space) {
    space.apply("calculator", FIRST.replace("pvc://models", "pvc://absent"));

    var scheduled = space.awaitCondition("calculator", "Scheduled", Reason.Unschedulable);

    assertThat(scheduled.message()).contains("persistentvolumeclaim \"absent\" not found");
  }

  @Test
  void onlyTheContentOfTheDigestIsServed(Space space) {
    space.apply("calculator", FIRST);
    var served = space.awaitReady("calculator");

    space.apply("calculator", pinned(SECOND, String.valueOf(served.digest())));
    var stalled = space.awaitCondition("calculator", "Stalled", "True", Reason.DigestMismatch);
    assertThat(stalled.message()).contains(served.digest());
    assertThat(Calculator.answer(space.endpoint("calculator"))).as("3 and 2").isEqualTo(5);

    space.apply("calculator", pinned(FIRST, String.valueOf(served.digest())));
    assertThat(space.awaitReady("calculator").revision()).isEqualTo(served.revision());
  }

  private static String pinned(String model, String digest) {
    return model.replace("\"}", "\", digest: \"" + digest + "\"}");
  }

  @Test
  void contentThatWasReplacedIsNotServedByLaterPods(Space space) throws IOException {
    space.apply("calculator", FIRST);
    var before = space.awaitReady("calculator");

    volume.put("product", "first");
    space.kubectl("scale", "ms/calculator", "--replicas=2");

    space.awaitCondition("calculator", "Ready", Reason.ArtifactMoved);
    assertThat(space.stable("calculator").digest()).isEqualTo(before.digest());
    for (var request = 0; request < 10; request++) {
      assertThat(Calculator.answer(space.endpoint("calculator"))).isEqualTo(5);
    }
  }
}
