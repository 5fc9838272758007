package io.modelservice.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.batching.Batching;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.OrtEngine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What lanes tell of themselves. */
class LanesTest {

  @Test
  void aLaneThatDoesNotEndItsTaskIsKnown() throws Exception {
    try (var model =
            new OrtEngine()
                .load(TestModels.folder("simple").resolve("model.onnx"), Execution.single());
        var lanes = new Lanes(model, 2, "a", new Batching(1, () -> true))) {
      var goOn = new CountDownLatch(1);
      lanes.offer(
          workspace -> {
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });

      await().until(() -> lanes.busyLongerThan(Duration.ofMillis(20)) == 1);
      assertThat(lanes.busyLongerThan(Duration.ofMinutes(1))).isZero();

      goOn.countDown();
      await().until(() -> lanes.busyLongerThan(Duration.ZERO) == 0);
    }
  }
}
