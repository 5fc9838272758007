package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.Calculator;
import io.modelservice.e2e.client.Load;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import io.modelservice.e2e.cluster.Store;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A training job publishes to the bucket, and nobody touches the service. */
@OnCluster
@Tag("supply")
class TrackE2E {
  private static final int RATE = 50;
  private static final String FOLDER = "e2e/published";
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Of two pods on a busy machine, from the first byte to the last warm-up. */
  private static final Duration LOAD = Duration.ofSeconds(20);

  private static final String MODEL =
      "model: {uri: \"s3://models/%s\", secretRef: {name: store-keys}%s}\nreplicas: 2\n";
  private static final String TRACKED =
      MODEL.formatted(FOLDER, ", update: {policy: Track, interval: 10s}");
  private static final String PINNED = MODEL.formatted(FOLDER, "");

  @BeforeEach
  void aModelIsPublished(Space space) {
    publish(space, "simple");
  }

  @AfterEach
  void leave(Space space) {
    space.kubectl("delete", "ms", "--all");
  }

  @Test
  void newContentAnswersSoonAndNoRequestIsLost(Space space) {
    space.apply("tracked", TRACKED);
    space.apply("pinned", PINNED);
    var before = space.awaitReady("tracked").revision();
    space.awaitReady("pinned");
    var processes = space.processes("tracked");

    try (var load = load(space)) {
      publish(space, "product");
      awaitAnswer(space, 6);
      var after = space.awaitReady("tracked").revision();
      var seen = load.stop();

      assertThat(seen.failures()).isEmpty();
      assertThat(seen.revisions()).containsExactly(before, after);
    }
    assertThat(space.processes("tracked")).isEqualTo(processes);
    assertThat(Calculator.answer(space.endpoint("pinned"))).as("3 and 2, as before").isEqualTo(5);
  }

  @Test
  void aBadUploadAnswersNobodyAndAGoodOneAfterItDoes(Space space) {
    space.apply("tracked", TRACKED);
    var before = space.awaitReady("tracked").revision();

    try (var load = load(space)) {
      publish(space, "corrupt");
      var told = space.awaitCondition("tracked", "UpToDate", Reason.ModelInvalid);
      assertThat(told.message()).contains("dropped");
      assertThat(space.condition("tracked", "Available").orElseThrow().status()).isEqualTo("True");
      assertThat(Calculator.answer(space.endpoint("tracked"))).isEqualTo(5);

      publish(space, "product");
      awaitAnswer(space, 6);
      space.awaitCondition("tracked", "UpToDate", "True", Reason.UpToDate);
      var after = space.stable("tracked").revision();
      var seen = load.stop();

      assertThat(seen.failures()).isEmpty();
      assertThat(seen.revisions()).containsExactly(before, after);
    }
  }

  private static void publish(Space space, String model) {
    Store.upload(space.cluster().settings(), model, FOLDER);
  }

  private static Load load(Space space) {
    return Load.start(space.endpoint("tracked").inference(Calculator.threesAndTwos()), RATE);
  }

  private static void awaitAnswer(Space space, int expected) {
    await("the answer " + expected)
        .atMost(INTERVAL.plus(LOAD))
        .until(() -> Calculator.answer(space.endpoint("tracked")) == expected);
  }
}
