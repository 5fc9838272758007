package io.modelservice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.readiness.Readiness;
import io.modelservice.e2e.client.Calculator;
import io.modelservice.e2e.client.ClosedLoop;
import io.modelservice.e2e.client.Endpoint;
import io.modelservice.e2e.client.Load;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service is busy, and its pods come and go; nobody is let down without a word. */
@OnCluster
@Tag("runtime")
class UnderLoadE2E {
  private static final int RATE = 50;
  private static final int TOO_MANY = 300; // EfficientNet-Lite0 takes about 10 ms of a core
  private static final int CLIENTS = 8;

  /** On a machine that others keep busy too a lane may get no core for seconds. */
  private static final String PATIENT = "runtime: {queue: {maxWait: 10s}}\n";

  @Test
  void podsLeaveOneAfterTheOtherAndNoRequestFails(Space space) {
    space.apply("calculator", Models.SIMPLE + "replicas: 2\n" + PATIENT);
    space.awaitReady("calculator");
    var request = space.endpoint("calculator").inference(Calculator.threesAndTwos());

    try (var load = Load.start(request, RATE)) {
      for (var i = 0; i < space.cluster().settings().scale().restarts(); i++) {
        var leaving = space.pods("calculator").getFirst().getMetadata().getName();
        space.kubectl("delete", "pod", leaving, "--wait=false");
        await("another pod in place of " + leaving)
            .atMost(Duration.ofMinutes(2))
            .until(() -> replaced(space, leaving));
      }

      assertThat(load.stop().failures()).isEmpty();
    }
  }

  /** Two pods that stay are ready, and the one that left is gone. */
  private static boolean replaced(Space space, String leaving) {
    var gone = space.client().pods().inNamespace(space.name()).withName(leaving).get() == null;
    return gone && space.pods("calculator").stream().filter(Readiness::isPodReady).count() == 2;
  }

  @Test
  void whatIsTooMuchIsRefusedAtOnceAndTheRestIsAnsweredInTime(Space space) throws Exception {
    space.apply("espresso", Models.EFFICIENTNET + "runtime: {timeout: 5s}\n");
    space.awaitReady("espresso");
    var processes = space.processes("espresso");
    var photo =
        Files.readAllBytes(space.cluster().settings().samples().resolve("photos/rocket.jpg"));
    var request = space.endpoint("espresso").classification(photo);
    var scale = space.cluster().settings().scale();
    var duration = scale.overload();
    var peak = ClosedLoop.perSecond(request, CLIENTS, duration.dividedBy(6));
    var rate = Math.max(TOO_MANY, (int) Math.ceil(3 * peak));

    try (var load = Load.start(request, rate)) {
      var enough = duration.toSeconds() * rate;
      await("answers").atMost(duration.multipliedBy(5)).until(() -> load.answered() >= enough);
      var seen = load.stop();

      assertThat(seen.failures()).isNotEmpty().allMatch(failure -> failure.startsWith("503 "));
      assertThat(seen.answered()).as("answers").isNotEmpty();
      assertThat(seen.answeredPerSecond()).isGreaterThanOrEqualTo(scale.goodput() * peak);
    }
    assertThat(metrics(space)).contains("modelservice_requests_total{code=\"503\"");
    assertThat(space.processes("espresso")).isEqualTo(processes);
    assertThat(space.endpoint("espresso").scores(photo)).isNotEmpty();
  }

  private static String metrics(Space space) {
    var address = space.pod("espresso").getStatus().getPodIP();
    var management = new Endpoint(URI.create("http://" + address + ":9000"), "espresso");
    return new String(management.get("/q/metrics").body(), UTF_8);
  }
}
