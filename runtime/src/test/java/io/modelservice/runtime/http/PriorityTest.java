package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.RuntimeSpec.Batching;
import io.modelservice.crds.RuntimeSpec.Queue;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.GrpcClient;
import io.modelservice.runtime.grpc.GrpcServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Requests that wait are taken by their priority. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class PriorityTest {
  private static final String PATH = "/v2/models/espresso/infer";
  private static final long SHORT = 1_000;

  /** It runs until all others wait. */
  private static final long LONG = 100_000;

  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();
  private final BlockingQueue<String> answered = new LinkedBlockingQueue<>();
  private final List<FutureTask<?>> sent = new ArrayList<>();

  @Test
  void aRequestOfHighPriorityGoesBeforeThoseThatWait() throws Exception {
    pod.serve("slow", new Settings(null, null, 1, "20s", new Batching(1), new Queue("20s")));
    try (var grpc = new GrpcClient(server.port())) {
      send("running", () -> pod.post(PATH, request(LONG, "0"), null).statusCode());
      until("modelservice_lanes_busy 1.0");
      send("low", () -> pod.post(PATH, request(3), null).statusCode());
      until("modelservice_requests_waiting 1.0");
      send("default", () -> pod.post(PATH, request(0), null).statusCode());
      until("modelservice_requests_waiting 2.0");
      send("high", () -> pod.post(PATH, request(1), null).statusCode());
      until("modelservice_requests_waiting 3.0");
      var byGrpc =
          GrpcClient.slow(SHORT).toBuilder().putParameters("priority", GrpcClient.number(1));
      send("high by gRPC", () -> grpc.infer(byGrpc.build()).getOutputsCount());
      until("modelservice_requests_waiting 4.0");

      for (var request : sent) {
        assertThat(request.get()).isIn(200, 1);
      }
    }

    assertThat(answered).containsExactly("running", "high", "high by gRPC", "default", "low");
  }

  @Test
  void aPriorityThatThereIsNotIsTheDefaultAsForTriton() throws Exception {
    pod.serve("slow", PodClient.DEFAULTS);

    assertThat(pod.post(PATH, request(1, "99"), null).statusCode()).isEqualTo(200);
  }

  @Test
  void aPriorityThatIsNoNumberIsRefused() throws Exception {
    pod.serve("slow", PodClient.DEFAULTS);
    for (var priority : List.of("-1", "1.5", "\"high\"")) {
      var unclear = pod.post(PATH, request(1, priority), null);

      assertThat(unclear.statusCode()).isEqualTo(400);
      assertThat(PodClient.json(unclear).get("error").asText()).contains("priority");
    }
  }

  private void send(String name, Callable<Integer> call) {
    var task =
        new FutureTask<>(
            () -> {
              var answer = call.call();
              answered.add(name);
              return answer;
            });
    sent.add(task);
    Thread.ofPlatform().start(task);
  }

  private void until(String metric) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> pod.manage("/q/metrics").body().contains(metric));
  }

  private static byte[] request(int priority) {
    return request(SHORT, Integer.toString(priority));
  }

  private static byte[] request(long rounds, String priority) {
    return """
    {"inputs": [{"name": "rounds", "datatype": "INT64", "shape": [1], "data": [%d]}],
     "parameters": {"priority": %s}}
    """
        .formatted(rounds, priority)
        .getBytes(UTF_8);
  }
}
