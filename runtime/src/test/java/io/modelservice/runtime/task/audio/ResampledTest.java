package io.modelservice.runtime.task.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelservice.runtime.protocol.RequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound of another rate sounds the same at that of the model. */
class ResampledTest {
  private static final int RATE = 16_000;

  /** A tone of one second. */
  private record Tone(int rate, double hertz) implements Sound {
    @Override
    public int length() {
      return rate;
    }

    @Override
    public float at(int index) {
      return (float) Math.sin(2 * Math.PI * hertz * index / rate);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11_025, 22_050, 24_000, 44_100, 48_000, 96_000})
  void aToneThatBothRatesHaveStaysInPlace(int rate) throws Exception {
    for (var hertz : new double[] {100, 1_000, 4_500}) {
      var expected = new Tone(RATE, hertz);
      var sound = SampleRates.at(RATE, new Tone(rate, hertz));

      assertThat(sound.length()).isEqualTo(RATE);
      for (var i = 1_000; i < RATE - 1_000; i += 7) {
        assertThat(sound.at(i)).isCloseTo(expected.at(i), within(0.002f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {24_000, 44_100, 48_000, 96_000})
  void aToneAboveTheBandIsSilent(int rate) throws Exception {
    var sound = SampleRates.at(RATE, new Tone(rate, 9_500));
    for (var i = 1_000; i < RATE - 1_000; i += 7) {
      assertThat(sound.at(i)).isCloseTo(0, within(0.002f));
    }
  }

  @Test
  void theSameRateIsTheSameSound() throws Exception {
    var tone = new Tone(RATE, 440);
    assertThat(SampleRates.at(RATE, tone)).isSameAs(tone);
  }

  @Test
  void aRateThatNoDeviceHasIsRefused() {
    assertThatThrownBy(() -> SampleRates.at(RATE, new Tone(44_101, 440)))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("44101 Hz");
  }
}
