package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.RuntimeSpec.Queue;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** More requests come than the model can answer. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class OverloadTest {
  private static final String PATH = "/v2/models/espresso/infer";
  private static final int LARGE = 3_000_000;

  private final PodClient pod = new PodClient();

  @Test
  void aLargeBodyIsRefusedByItsHeadersAndTheConnectionServesOn() throws Exception {
    pod.serve("slow", new Settings(null, null, 1, "20s", null, new Queue("0s")));
    var first = inBackground(() -> pod.post(PATH, rounds(20_000), null).statusCode());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> pod.manage("/q/metrics").body().contains("modelservice_lanes_busy 1.0"));

    try (var socket = new Socket("localhost", pod.port())) {
      socket.setSoTimeout(10_000);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      send(socket, "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + LARGE);
      var refusal = answer(in);
      assertThat(refusal).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: ");

      socket.getOutputStream().write(new byte[LARGE]);
      send(socket, "GET /v2/health/live HTTP/1.1\r\nHost: x");
      assertThat(answer(in)).startsWith("HTTP/1.1 200");
    }
    assertThat(first.get()).isEqualTo(200);
  }

  private static FutureTask<Integer> inBackground(Callable<Integer> call) {
    var task = new FutureTask<>(call);
    Thread.ofPlatform().start(task);
    return task;
  }

  private static byte[] rounds(long count) {
    return ("{\"inputs\":[{\"name\":\"rounds\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":["
            + count
            + "]}]}")
        .getBytes(UTF_8);
  }

  private static void send(Socket socket, String head) throws IOException {
    socket.getOutputStream().write((head + "\r\n\r\n").getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** Status line and headers; the body is read away. */
  private static String answer(BufferedReader in) throws IOException {
    var head = new StringBuilder();
    var length = 0;
    for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
        length = Integer.parseInt(line.substring("content-length: ".length()));
      }
    }
    for (var i = 0; i < length; i++) {
      assertThat(in.read()).isNotNegative();
    }
    return head.toString();
  }
}
