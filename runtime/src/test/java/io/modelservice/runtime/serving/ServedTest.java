package io.modelservice.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.OrtEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model and its lanes: it leaves memory only when nobody uses it any more. */
class ServedTest {
  private Served served = load(2, Limits.DEFAULT);

  private static final int LARGE = 1 << 20;

  private static Served load(int lanes, Limits limits) {
    try {
      var model =
          new OrtEngine()
              .load(TestModels.folder("simple").resolve("model.onnx"), Execution.single());
      return new Served(
          new Served.Description("aaaaaaaaaa", limits, null), model, lanes, () -> true);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void warmUp() throws Exception {
    served.warmUp();
  }

  @Test
  void requestsRunOnAllLanesAtTheSameTime() throws Exception {
    var together = new CountDownLatch(2);
    var works = new ArrayList<Work<String>>();
    for (var i = 0; i < 2; i++) {
      assertThat(served.lease()).isTrue();
      works.add(
          Work.begin(
              served,
              LARGE,
              (workspace, cancel) -> {
                together.countDown();
                together.await();
                return Thread.currentThread().getName();
              }));
    }
    var names = new HashSet<String>();
    for (var work : works) {
      names.add(work.outcome().get());
    }
    assertThat(names).containsExactlyInAnyOrder("aaaaaaaaaa-lane-0", "aaaaaaaaaa-lane-1");
    served.retire();
  }

  @Test
  void aRetiringModelTakesNoRequestAndWaitsForThoseUnderWay() throws Exception {
    var goOn = new CountDownLatch(1);
    assertThat(served.lease()).isTrue();
    var work =
        Work.begin(
            served,
            LARGE,
            (workspace, cancel) -> {
              goOn.await();
              return "done";
            });
    var left = new AtomicBoolean();
    var retiring =
        Thread.ofPlatform()
            .start(
                () -> {
                  served.retire();
                  left.set(true);
                });
    await().until(() -> !takesRequests());
    assertThat(left).isFalse();

    goOn.countDown();
    retiring.join();
    assertThat(work.outcome().get()).isEqualTo("done");
  }

  private void leaseTwice() {
    assertThat(served.lease()).isTrue();
    assertThat(served.lease()).isTrue();
  }

  private boolean takesRequests() {
    if (served.lease()) {
      served.release();
      return true;
    }
    return false;
  }

  @Test
  void aRequestThatWasGivenUpBeforeItsLaneWasFreeNeverRuns() throws Exception {
    served.retire();
    served = load(1, Limits.DEFAULT);
    var goOn = new CountDownLatch(1);
    var ran = new AtomicBoolean();
    leaseTwice();
    var first = Work.begin(served, LARGE, (workspace, cancel) -> goOn.await(9, TimeUnit.SECONDS));
    var second =
        Work.begin(
            served,
            LARGE,
            (workspace, cancel) -> {
              ran.set(true);
              return "ran";
            });

    second.giveUp();
    goOn.countDown();

    assertThat(first.outcome().get()).isTrue();
    assertThatThrownBy(() -> second.outcome().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(Work.GivenUp.class);
    served.retire();
    assertThat(ran).isFalse();
  }

  @Test
  void aRequestThatHasWaitedTooLongIsRefusedWhenItsTurnComes() throws Exception {
    served.retire();
    served = load(1, new Limits(Duration.ofSeconds(30), Duration.ZERO, 1));
    var goOn = new CountDownLatch(1);
    leaseTwice();
    var first = Work.begin(served, LARGE, (workspace, cancel) -> goOn.await(9, TimeUnit.SECONDS));
    var offered = System.nanoTime();
    var second = Work.begin(served, LARGE, (workspace, cancel) -> "ran");

    await().until(() -> System.nanoTime() - offered > Work.LATE.toNanos());
    goOn.countDown();

    assertThat(first.outcome().get()).isTrue();
    assertThatThrownBy(() -> second.outcome().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(Overloaded.class);
    served.retire();
  }

  @Test
  void moreThanTheQueueHoldsIsRefused() throws Exception {
    var goOn = new CountDownLatch(1);
    var begun = new ArrayList<CompletableFuture<Boolean>>();
    assertThatThrownBy(
            () -> {
              while (true) {
                assertThat(served.lease()).isTrue();
                begun.add(
                    Work.begin(
                            served,
                            LARGE,
                            (workspace, cancel) -> {
                              goOn.await();
                              return true;
                            })
                        .outcome());
              }
            })
        .isInstanceOf(Overloaded.class);
    goOn.countDown();
    for (var outcome : begun) {
      assertThat(outcome.get()).isTrue();
    }
    served.retire();
  }

  @Test
  void aTaskThatThrowsLeavesItsLaneAlive() throws Exception {
    leaseTwice();
    var broken =
        Work.begin(
            served,
            LARGE,
            (workspace, cancel) -> {
              throw new IllegalStateException("a defect");
            });
    assertThatThrownBy(() -> broken.outcome().get()).hasMessageContaining("a defect");
    assertThat(Work.begin(served, LARGE, (workspace, cancel) -> "alive").outcome().get())
        .isEqualTo("alive");
    served.retire();
  }

  @Test
  void smallRequestsOfAQuickModelRunOnTheThreadThatBringsThem() throws Exception {
    await().until(this::isQuick);

    assertThat(threadOf(LARGE)).startsWith("aaaaaaaaaa-lane");
    served.retire();
  }

  @Test
  void aModelThatIsQuickNoMoreGoesBackToItsLanes() throws Exception {
    await().until(this::isQuick);

    await()
        .until(
            () -> {
              run(1, (workspace, cancel) -> new CountDownLatch(1).await(2, TimeUnit.MILLISECONDS));
              return threadOf(1).startsWith("aaaaaaaaaa-lane");
            });
    served.retire();
  }

  /** One request after the other: those that come alone are slow on a busy machine. */
  private boolean isQuick() throws Exception {
    for (var i = 0; i < 100; i++) {
      if (threadOf(1).equals(Thread.currentThread().getName())) {
        return true;
      }
    }
    return false;
  }

  private String threadOf(int size) throws Exception {
    return run(size, (workspace, cancel) -> Thread.currentThread().getName());
  }

  private <T> T run(int size, Work.Step<T> step) throws Exception {
    assertThat(served.lease()).isTrue();
    return Work.begin(served, size, step).outcome().get();
  }

  @Test
  void aRequestThatWouldWaitTooLongIsRefusedAtOnceAndToldWhenToComeBack() throws Exception {
    served.retire();
    var impatient = new Limits(Duration.ofSeconds(30), Duration.ofMillis(20), 1);
    served = load(2, impatient);
    run(LARGE, (workspace, cancel) -> new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS));
    var goOn = new CountDownLatch(1);
    var works = new ArrayList<CompletableFuture<Boolean>>();
    for (var i = 0; i < 2; i++) {
      assertThat(served.lease()).isTrue();
      works.add(
          Work.begin(served, LARGE, (workspace, cancel) -> goOn.await(9, TimeUnit.SECONDS))
              .outcome());
    }
    await().until(() -> served.busyLanes() == 2);

    assertThat(served.lease()).isTrue();
    assertThatThrownBy(() -> Work.begin(served, LARGE, (workspace, cancel) -> "never"))
        .isInstanceOfSatisfying(
            Overloaded.class,
            busy -> assertThat(busy.retryAfter()).isGreaterThan(impatient.maxWait()))
        .hasMessageContaining("would wait about");
    goOn.countDown();
    for (var work : works) {
      assertThat(work.get()).isTrue();
    }
    served.retire();
  }
}
