package io.modelservice.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;

  private final Pace pace = new Pace();

  @Test
  void beforeTheFirstRunNothingIsForetold() {
    assertThat(pace.request()).isZero();
  }

  @Test
  void theFirstRunsCountAlike() {
    pace.record(10 * MILLI, 1);
    pace.record(20 * MILLI, 1);

    assertThat(pace.request()).isEqualTo(15 * MILLI);
  }

  @Test
  void requestsThatShareARunDivideItsTime() {
    pace.record(40 * MILLI, 4);

    assertThat(pace.request()).isEqualTo(10 * MILLI);
  }

  @Test
  void oneOutlierChangesLittle() {
    for (var i = 0; i < 100; i++) {
      pace.record(10 * MILLI, 1);
    }
    pace.record(100 * MILLI, 1);

    assertThat(pace.request()).isCloseTo(10 * MILLI, Percentage.withPercentage(15));
  }

  @Test
  void aModelThatBecomesSlowerIsSoonKnownToBe() {
    for (var i = 0; i < 1000; i++) {
      pace.record(10 * MILLI, 1);
    }
    for (var i = 0; i < 200; i++) {
      pace.record(20 * MILLI, 1);
    }

    assertThat(pace.request()).isCloseTo(20 * MILLI, Percentage.withPercentage(10));
  }

  @Test
  void onlyAModelOfShortRunsIsQuick() {
    for (var i = 0; i < 100; i++) {
      pace.record(MILLI / 20, 1);
    }
    assertThat(pace.quick()).isTrue();

    for (var i = 0; i < 100; i++) {
      pace.record(MILLI, 1);
    }
    assertThat(pace.quick()).isFalse();
  }
}
