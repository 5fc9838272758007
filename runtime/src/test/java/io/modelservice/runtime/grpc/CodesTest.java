package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.transport.Refusals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CodesTest {
  @Test
  void anOverloadedServerIsAskedAgainLaterAndIsNotAbsent() {
    var busy = Refusals.overloaded(new Overloaded(Duration.ofMillis(2500)));

    assertThat(Codes.of(busy).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(Codes.of(Refusals.noMemory()).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(Codes.of(notReady()).getCode()).isEqualTo(Code.UNAVAILABLE);
  }

  private static RequestException notReady() {
    return new RequestException(503, RefusalReason.NOT_READY, "there is no model yet");
  }
}
