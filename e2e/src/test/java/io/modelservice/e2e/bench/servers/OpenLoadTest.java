package io.modelservice.e2e.bench.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelservice.e2e.client.Endpoint;
import io.modelservice.e2e.client.InferenceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load of the benchmark must not take its own failures for the server's, nor overlook one. */
class OpenLoadTest {
  private static final int LARGE = 600_000;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger bytes = new AtomicInteger();
  private final HttpServer server = unstarted();

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/models/photos/infer", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** The tenth call is refused, the twentieth loses its connection. */
  private void answer(HttpExchange exchange) throws IOException {
    var call = calls.incrementAndGet();
    bytes.set(exchange.getRequestBody().readAllBytes().length);
    if (call != 20) {
      var body = (call == 10 ? "busy" : "scores").getBytes(US_ASCII);
      exchange.sendResponseHeaders(call == 10 ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private OpenLoad load() {
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var request = new InferenceRequest(new byte[LARGE], 100);
    return OpenLoad.start(new Endpoint(address, "photos"), request, 100);
  }

  @Test
  void tellsAnswersRefusalsAndLostConnectionsApart() {
    try (var load = load()) {
      await().atMost(LIMIT).until(() -> calls.get() >= 40);
      var report = load.stop();

      assertThat(bytes).hasValue(LARGE);
      assertThat(report.refused()).hasSize(1);
      assertThat(report.failures())
          .hasSize(2)
          .anyMatch(failure -> failure.equals("503 busy"))
          .anyMatch(failure -> !failure.startsWith("503"));
      assertThat(report.answered()).hasSize(report.outcomes().size() - 2);
    }
  }

  @Test
  void aServerThatIsGoneIsAFailureOfEachRequest() {
    server.stop(0);

    try (var load = load()) {
      await().atMost(LIMIT).until(() -> load.over() >= 5);

      assertThat(load.stop().failures()).hasSizeGreaterThanOrEqualTo(5);
    }
  }
}
