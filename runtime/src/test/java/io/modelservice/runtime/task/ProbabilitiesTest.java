package io.modelservice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbabilitiesTest {

  @Test
  void probabilitiesAreLeftAlone() {
    var values = new float[] {0.7f, 0.2f, 0.1f};
    assertThat(Probabilities.of(values)).isSameAs(values);
  }

  @Test
  void logitsGoThroughSoftmax() {
    var probabilities = Probabilities.of(new float[] {1000, 1000, -1000});
    assertThat(probabilities[0]).isCloseTo(0.5f, within(1e-6f));
    assertThat(probabilities[2]).isZero();
  }
}
