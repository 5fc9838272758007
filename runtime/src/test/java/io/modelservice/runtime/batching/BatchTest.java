package io.modelservice.runtime.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Requests that share a run get what they would get alone. */
class BatchTest {
  private static final int WIDTH = 3;

  private final Doubler doubler = new Doubler();
  private final Batching batching = new Batching(32, () -> true);
  private final Batch batch = new Batch(doubler, batching);

  @Property
  void eachRequestGetsTheOutputsOfItsOwnRows(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 4) Integer> rows) {
    var doubles = new Doubler();
    var requests =
        IntStream.range(0, rows.size())
            .mapToObj(i -> new Request(rows.get(i), WIDTH, 1000 * i))
            .toList();

    new Batch(doubles, new Batching(32, () -> true)).run(requests);

    assertThat(doubles.runs).isEqualTo(1);
    assertThat(requests)
        .allSatisfy(request -> assertThat(request.answer).isEqualTo(request.doubled()));
  }

  @Test
  void theRowsOfASharedRunAreCountedOnce() {
    var first = new Request(1, WIDTH, 0);
    var second = new Request(3, WIDTH, 100);

    batch.run(List.of(first, second));

    assertThat(first.watch().runRows()).isEqualTo(4);
    assertThat(second.watch().runRows()).isZero();
  }

  @Test
  void whereASharedRunFailsEachCountsTheRowsOfItsOwn() {
    doubler.mostRows = 3;
    var first = new Request(1, WIDTH, 0);
    var second = new Request(3, WIDTH, 100);

    batch.run(List.of(first, second));

    assertThat(first.watch().runRows()).isEqualTo(1);
    assertThat(second.watch().runRows()).isEqualTo(3);
  }

  @Test
  void oneBadRequestFailsAloneAndBatchingGoesOn() {
    var good = new Request(1, WIDTH, 100);
    var bad = new Request(2, WIDTH, 200);
    bad.elements[1] = Doubler.POISON;
    var alsoGood = new Request(1, WIDTH, 300);
    allow();

    batch.run(List.of(good, bad, alsoGood));

    assertThat(good.answer).isEqualTo(good.doubled());
    assertThat(alsoGood.answer).isEqualTo(alsoGood.doubled());
    assertThat(bad.problem).hasMessage("poison");
    assertThat(batching.allowed()).isTrue();
  }

  @Test
  void aModelThatFailsOnBatchesOnlyIsGivenNoMoreOfThem() {
    doubler.mostRows = 1;
    var one = new Request(1, WIDTH, 400);
    var two = new Request(1, WIDTH, 500);
    allow();

    batch.run(List.of(one, two));

    assertThat(one.answer).isEqualTo(one.doubled());
    assertThat(two.answer).isEqualTo(two.doubled());
    assertThat(batching.allowed()).isFalse();
  }

  @Test
  void aRunEndsEarlyOnlyWhenAllOfItsRequestsWereGivenUp() {
    var one = new Request(1, WIDTH, 600);
    var two = new Request(1, WIDTH, 700);
    doubler.duringRun =
        cancel -> {
          one.cancel.request();
          assertThat(cancel.requested()).isFalse();
          two.cancel.request();
          assertThat(cancel.requested()).isTrue();
        };

    batch.run(List.of(one, two));

    assertThat(doubler.runs).isEqualTo(1);
  }

  @Test
  void requestsOfOtherShapesOrWishesDoNotJoin() {
    var lead = new Request(1, WIDTH, 800);
    var wider = new Request(1, WIDTH + 1, 900);
    var empty = new Request(0, WIDTH, 1000);

    assertThat(batching.joins(lead, new Request(4, WIDTH, 1100), 1)).isTrue();
    assertThat(batching.joins(lead, new Request(4, WIDTH, 1200), 30)).isFalse();
    assertThat(batching.joins(lead, wider, 1)).isFalse();
    assertThat(batching.joins(lead, empty, 1)).isFalse();
  }

  private void allow() {
    var free = new Doubler();
    batching.prove(Doubler.SIGNATURE, free);
    assertThat(batching.allowed()).isTrue();
  }
}
