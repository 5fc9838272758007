package io.modelservice.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What the kubelet asks. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class HealthTest {
  private final PodClient pod = new PodClient();

  @Test
  void thePodIsReadyWhenItsStableModelAnswers() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
    for (var probe : new String[] {"started", "live", "ready"}) {
      await().until(() -> pod.manage("/q/health/" + probe).statusCode() == 200);
    }
  }

  @Test
  void theManagementPathsAreNotOnThePublicPort() throws Exception {
    for (var path : new String[] {"/state", "/plan", "/q/health", "/q/metrics"}) {
      assertThat(pod.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
