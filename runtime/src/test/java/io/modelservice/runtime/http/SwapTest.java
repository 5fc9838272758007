package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.TestModels;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A new model takes over inside the running pod. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class SwapTest {
  private static final String PATH = "/v2/models/espresso/infer";

  private final PodClient pod = new PodClient();

  @Test
  void noRequestFailsWhileTheModelChangesAgainAndAgain() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
    var statuses = Collections.synchronizedList(new ArrayList<Integer>());
    var go = new AtomicBoolean(true);
    var clients =
        List.of(
            Thread.ofPlatform().start(() -> sendUntil(go, statuses)),
            Thread.ofPlatform().start(() -> sendUntil(go, statuses)));

    for (var change = 0; change < 5; change++) {
      pod.serve("simple", PodClient.DEFAULTS);
    }
    go.set(false);
    for (var client : clients) {
      client.join();
    }

    assertThat(statuses).hasSizeGreaterThan(50).containsOnly(200);
  }

  private void sendUntil(AtomicBoolean go, List<Integer> statuses) {
    try {
      while (go.get()) {
        statuses.add(pod.post(PATH, InferTest.bothInputs().getBytes(UTF_8), null).statusCode());
      }
    } catch (Exception e) {
      statuses.add(-1);
    }
  }

  @Test
  void aCandidateIsWarmedAndAnswersNobody() throws Exception {
    var stable = pod.serve("simple", PodClient.DEFAULTS);
    var plan =
        pod.next(
            PodClient.entry(stable, Role.Stable, TestModels.uri("simple"), PodClient.DEFAULTS),
            PodClient.entry(
                "ca9d1da7e0", Role.Candidate, TestModels.uri("simple"), PodClient.DEFAULTS));
    pod.put(ContractJson.write(plan), PodClient.TOKEN);
    pod.await("ca9d1da7e0", Phase.Serving);

    var body = InferTest.bothInputs().getBytes(UTF_8);
    var answer = pod.post(PATH, body, null);
    assertThat(answer.headers().firstValue("X-ModelService-Revision")).hasValue(stable);
    assertThat(pod.post("/v2/models/espresso/versions/ca9d1da7e0/infer", body, null).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aBadNewModelNeverTakesTheOldOnesPlace() throws Exception {
    var good = pod.serve("simple", PodClient.DEFAULTS);
    var plan =
        pod.next(
            PodClient.entry(
                "badbadbad0", Role.Stable, TestModels.uri("corrupt"), PodClient.DEFAULTS));
    pod.put(ContractJson.write(plan), PodClient.TOKEN);

    var failed = pod.await("badbadbad0", Phase.Failed);
    assertThat(PodClient.reason(failed.failure())).isEqualTo(Reason.ModelInvalid);
    var answer = pod.post(PATH, InferTest.bothInputs().getBytes(UTF_8), null);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-ModelService-Revision")).hasValue(good);
    assertThat(pod.manage("/q/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aRequestThatTakesTooLongEndsAndItsLaneIsFreeAgain() throws Exception {
    pod.serve("slow", new Settings(null, null, 1, "300ms", null, null));
    var answer = pod.post(PATH, rounds(10_000_000), null);
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(PodClient.json(answer).get("error").asText()).contains("300 ms");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(pod.post(PATH, rounds(1), null).statusCode()).isEqualTo(200));
  }

  @Test
  void aClientThatWaitsForLessThanTheModelsTimeoutSaysSo() throws Exception {
    pod.serve("slow", new Settings(null, null, 1, "20s", null, null));

    var answer = pod.post(PATH, rounds(10_000_000), "X-Request-Timeout", "200ms");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(PodClient.json(answer).get("error").asText()).contains("200 ms");

    var unclear = pod.post(PATH, rounds(1), "X-Request-Timeout", "soon");
    assertThat(unclear.statusCode()).isEqualTo(400);
    assertThat(PodClient.json(unclear).get("error").asText()).contains("such as 250ms");
  }

  @Test
  void aRequestMayBringItsTimeoutAsForTriton() throws Exception {
    pod.serve("slow", new Settings(null, null, 1, "20s", null, null));

    var stopped = pod.post(PATH, rounds(10_000_000, "{\"timeout\": 200000}"), null);
    assertThat(stopped.statusCode()).isEqualTo(504);
    assertThat(PodClient.json(stopped).get("error").asText()).contains("200000 us");

    var late = pod.post(PATH, rounds(10_000_000, "{\"timeout\": 1}"), null);
    assertThat(late.statusCode()).isEqualTo(504);

    for (var endless : new long[] {0, Long.MAX_VALUE}) {
      var answer = pod.post(PATH, rounds(1, "{\"timeout\": " + endless + "}"), null);
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTimeoutThatIsNoTimeIsRefused() throws Exception {
    pod.serve("slow", PodClient.DEFAULTS);
    for (var timeout : new String[] {"-1", "1.5", "\"2s\""}) {
      var unclear = pod.post(PATH, rounds(1, "{\"timeout\": " + timeout + "}"), null);
      assertThat(unclear.statusCode()).isEqualTo(400);
      assertThat(PodClient.json(unclear).get("error").asText()).contains("timeout");
    }
  }

  private static byte[] rounds(long count) {
    return rounds(count, "{}");
  }

  private static byte[] rounds(long count, String parameters) {
    return """
    {"inputs": [{"name": "rounds", "datatype": "INT64", "shape": [1], "data": [%d]}],
     "parameters": %s}
    """
        .formatted(count, parameters)
        .getBytes(UTF_8);
  }

  @Test
  void whatIsUnderWayIsFinishedBeforeTheOldModelLeaves() throws Exception {
    pod.serve("slow", new Settings(null, null, 1, "20s", null, null));
    var answers = new ArrayList<Integer>();
    var client =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    answers.add(pod.post(PATH, rounds(20_000), null).statusCode());
                  } catch (Exception e) {
                    answers.add(-1);
                  }
                });
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> pod.manage("/q/metrics").body().contains("modelservice_lanes_busy 1.0"));
    pod.serve("simple", PodClient.DEFAULTS);
    client.join();
    assertThat(answers).containsExactly(200);
  }
}
