package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.Calculator;
import io.modelservice.e2e.client.Load;
import io.modelservice.e2e.cluster.Blockade;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The port by which the operator speaks with the pods is not for everybody, and may be blocked. */
@OnCluster
@Tag("supply")
class ManagementPortE2E {
  private static final int RATE = 20;
  private static final String ON_NODE_1 =
      "scheduling: {nodeSelector: {kubernetes.io/hostname: node1}}\n";

  @AfterEach
  void leave(Space space) {
    space.kubectl("delete", "ms", "--all");
  }

  @Test
  void nobodyOrdersAPodWithoutItsToken(Space space) throws IOException, InterruptedException {
    space.apply("guarded", Models.SIMPLE);
    space.awaitReady("guarded");

    assertThat(order(space, "")).isEqualTo(401);
    assertThat(order(space, "Bearer guessed")).isEqualTo(401);

    assertThat(Calculator.answer(space.endpoint("guarded"))).isEqualTo(5);
  }

  @Test
  void behindABlockedPortThePodServesOnAndNothingIsDecidedByGuess(Space space) {
    space.apply("blocked", Models.SIMPLE + ON_NODE_1);
    var before = space.awaitReady("blocked").revision();
    var processes = space.processes("blocked");
    var request = space.endpoint("blocked").inference(Calculator.threesAndTwos());

    try (var load = Load.start(request, RATE)) {
      try (var _ = Blockade.between(space.cluster(), space.pod("blocked"))) {
        space.apply("blocked", Models.PRODUCT + ON_NODE_1);
        space.awaitCondition("blocked", "Ready", Reason.PodStateUnreachable);

        assertThat(space.condition("blocked", "Available").orElseThrow().status())
            .isEqualTo("True");
        assertThat(space.stable("blocked").revision()).isEqualTo(before);
      }
      var after = space.awaitReady("blocked").revision();
      var seen = load.stop();

      assertThat(seen.failures()).isEmpty();
      assertThat(seen.revisions()).containsExactly(before, after);
    }
    assertThat(space.processes("blocked")).isEqualTo(processes);
  }

  /** The status of an order to the only pod. */
  private static int order(Space space, String authorization)
      throws IOException, InterruptedException {
    var address = space.pod("guarded").getStatus().getPodIP();
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":9000/plan"))
            .PUT(BodyPublishers.ofString("{\"version\": 1}"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }
}
