package io.modelservice.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.serving.Overloaded;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  @Test
  void whoIsRefusedForTheWaitIsToldHowLongItIs() {
    var refused = Refusals.overloaded(new Overloaded(Duration.ofMillis(2500)));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.reason()).isEqualTo(RefusalReason.OVERLOADED);
    assertThat(refused.line()).contains("2500 ms");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(2500));
  }
}
