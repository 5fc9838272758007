package io.modelservice.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** All bodies together are bounded. */
class BodyBudgetTest {

  @Test
  void whatIsUsedUpIsThereAgainWhenItWasGivenBack() {
    var budget = new BodyBudget(100);
    assertThat(budget.take(60)).isTrue();
    assertThat(budget.take(60)).isFalse();
    assertThat(budget.take(40)).isTrue();
    budget.giveBack(60);
    assertThat(budget.take(60)).isTrue();
  }
}
