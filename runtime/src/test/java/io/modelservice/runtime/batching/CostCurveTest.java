package io.modelservice.runtime.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How large a run should be follows from what runs were measured to cost. */
class CostCurveTest {
  private static final long WAITING = 32;

  private final CostCurve curve = new CostCurve(() -> true);

  /** Runs as many rows as the curve says, again and again; tells what it says at last. */
  private long settled(LongUnaryOperator cost) {
    for (var run = 0; run < 200; run++) {
      var rows = curve.best(WAITING);
      curve.record(rows, cost.applyAsLong(rows));
    }
    return curve.best(WAITING);
  }

  @Test
  void aModelWhoseRowsCostTheSameTogetherRunsThemAlone() {
    assertThat(settled(rows -> rows * 1_000_000)).isEqualTo(1);
  }

  @Test
  void aModelWhoseRunsCostTheSameWithManyRowsTakesAllThatWait() {
    assertThat(settled(rows -> 1_000_000)).isEqualTo(WAITING);
  }

  @Test
  void aRunGrowsOnlyAsFarAsItPays() {
    assertThat(settled(rows -> rows <= 8 ? 1_000_000 : rows * 1_000_000)).isEqualTo(8);
  }

  @Test
  void nothingIsTriedBeforeARunOfOneRowIsKnown() {
    assertThat(curve.best(WAITING)).isEqualTo(1);
  }

  @Test
  void whatDidNotPayOnceIsTriedAgainLater() {
    assertThat(settled(rows -> rows * 1_000_000)).isEqualTo(1);

    var larger = 0;
    for (var run = 0; run < 4000; run++) {
      var rows = curve.best(WAITING);
      curve.record(rows, 1_000_000);
      larger += rows > 1 ? 1 : 0;
    }
    assertThat(larger).isPositive();
    assertThat(curve.best(WAITING)).isEqualTo(WAITING);
  }

  @Test
  void withoutRoomInMemoryNoRunIsLargerThanThoseBefore() {
    var room = new AtomicBoolean(true);
    var careful = new CostCurve(room::get);
    LongUnaryOperator size =
        waiting -> {
          var largest = 0L;
          for (var run = 0; run < 200; run++) {
            var rows = careful.best(waiting);
            careful.record(rows, 1_000_000);
            largest = Math.max(largest, rows);
          }
          return largest;
        };
    assertThat(size.applyAsLong(4)).isEqualTo(4);

    room.set(false);
    assertThat(size.applyAsLong(WAITING)).isEqualTo(4);

    room.set(true);
    assertThat(size.applyAsLong(WAITING)).isEqualTo(WAITING);
  }

  @Test
  void whatWasMeasuredInAColdProcessIsMeasuredAgain() {
    for (var run = 0; run < 3; run++) {
      curve.record(1, 3_000_000);
    }
    assertThat(settled(rows -> rows * 1_000_000)).isGreaterThan(1);

    for (var run = 0; run < 4000; run++) {
      var rows = curve.best(WAITING);
      curve.record(rows, rows * 1_000_000);
    }
    assertThat(curve.best(WAITING)).isEqualTo(1);
  }

  @Test
  void aFewHundredthsAreNotWorthALargerRun() {
    assertThat(settled(rows -> rows == 1 ? 1_000_000 : rows * 950_000)).isEqualTo(1);
  }

  @Property
  void aRunHasAtLeastOneRowAndNotMoreThanWait(
      @ForAll @IntRange(min = 1, max = 5000) int waiting,
      @ForAll @IntRange(min = 1, max = 1_000_000) int fixed,
      @ForAll @IntRange(min = 0, max = 1_000_000) int perRow) {
    var measured = new CostCurve(() -> true);
    for (var run = 0; run < 50; run++) {
      var rows = measured.best(waiting);
      assertThat(rows).isBetween(1L, (long) waiting);
      measured.record(rows, fixed + rows * perRow);
    }
  }
}
