package io.modelservice.e2e.conformance;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** What a server may do shortly after its answer, such as counting it. */
final class Soon {
  private static final Duration SHORTLY = Duration.ofSeconds(2);

  private Soon() {}

  static boolean is(Callable<Boolean> condition) {
    try {
      await().atMost(SHORTLY).pollInterval(Duration.ofMillis(20)).until(condition);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }
}
