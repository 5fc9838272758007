package io.modelservice.runtime.observability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.GrpcClient;
import io.modelservice.runtime.grpc.GrpcServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The category {@code access} is at INFO. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class AccessLogTest {
  private static final String INFER = "/v2/models/espresso/infer";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Inject GrpcServer grpc;
  private final PodClient pod = new PodClient();
  private final Logger log = Logger.getLogger("access");
  private final Lines lines = new Lines();
  private String revision = "";

  private static final class Lines extends Handler {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord record) {
      messages.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    String only() {
      return await().until(() -> messages, all -> all.size() == 1).getFirst();
    }
  }

  @BeforeEach
  void turnOn() throws Exception {
    revision = pod.serve("simple", PodClient.DEFAULTS);
    log.addHandler(lines);
    log.setLevel(Level.INFO);
  }

  @AfterEach
  void turnOff() {
    log.setLevel(Level.OFF);
    log.removeHandler(lines);
  }

  @Test
  void anInferenceIsOneLine() throws Exception {
    var body = simple("secret-id");
    var answer =
        pod.post(
            INFER + "?key=hidden", body, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-00");

    assertThat(lines.only())
        .startsWith("transport=http method=POST path=" + INFER + " status=200 bytes_in=")
        .contains(" bytes_in=" + body.length + " bytes_out=" + answer.body().length + " ")
        .contains(" model=espresso revision=" + revision + " read_us=")
        .containsPattern(" run_us=\\d+ .*write_us=\\d+ client=127.0.0.1 trace=" + TRACE)
        .doesNotContain("secret-id")
        .doesNotContain("hidden");
  }

  @Test
  void aRefusalIsOneLine() throws Exception {
    pod.post(INFER, "{".getBytes(UTF_8), null);

    assertThat(lines.only()).contains(" status=400 ").contains(" revision=" + revision);
  }

  @Test
  void aRequestOfSomethingElseIsOneLineWithoutPhases() throws Exception {
    pod.get("/v2/health/ready");

    assertThat(lines.only())
        .contains(" path=/v2/health/ready status=200 ")
        .containsPattern("duration_us=\\d+")
        .doesNotContain("run_us");
  }

  @Test
  void aClientThatLeavesIsOneLine() throws Exception {
    pod.serve("slow", PodClient.DEFAULTS);
    lines.messages.clear();
    sendAndLeave(
        "{\"inputs\":[{\"name\":\"rounds\",\"shape\":[1],\"datatype\":\"INT64\","
            + "\"data\":[1000000000]}]}");

    assertThat(lines.only()).contains(" status=499 ");
  }

  private void sendAndLeave(String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), pod.port())) {
      var request =
          "POST %s HTTP/1.1\r\nHost: pod\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(INFER, body.length(), body);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      await().until(() -> pod.manage("/q/metrics").body().contains("modelservice_lanes_busy 1.0"));
    }
  }

  @Test
  void aCallOfGrpcIsOneLine() {
    var request = GrpcClient.simple(1).setId("secret-id").build();
    try (var client = new GrpcClient(grpc.port())) {
      var answer = client.infer(request);

      assertThat(lines.only())
          .startsWith("transport=grpc method=inference.GRPCInferenceService/ModelInfer status=OK ")
          .contains(" bytes_in=" + request.getSerializedSize() + " ")
          .contains(" bytes_out=" + answer.getSerializedSize() + " ")
          .contains(" model=espresso revision=" + revision)
          .containsPattern(" run_us=\\d+ .*client=127.0.0.1")
          .doesNotContain("secret-id");
    }
  }

  @Test
  void aRefusedCallOfGrpcIsOneLine() {
    try (var client = new GrpcClient(grpc.port())) {
      StatusRuntimeException refusal =
          client.refusal(GrpcClient.simple(1).setModelName("other").build());

      assertThat(lines.only()).contains(" status=" + refusal.getStatus().getCode() + " ");
    }
  }

  private static byte[] simple(String id) {
    var input =
        "{\"name\": \"INPUT%d\", \"shape\": [1, 16], \"datatype\": \"INT32\", \"data\": %s}";
    var data = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]";
    return "{\"id\": \"%s\", \"inputs\": [%s, %s]}"
        .formatted(id, input.formatted(0, data), input.formatted(1, data))
        .getBytes(UTF_8);
  }
}
