package io.modelservice.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client that other tests believe must not overlook a failure. */
class LoadTest {
  private final AtomicInteger calls = new AtomicInteger();
  private volatile String revision = "old";
  private HttpServer server = unstarted();

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** The tenth call fails. */
  private void answer(HttpExchange exchange) throws IOException {
    var call = calls.incrementAndGet();
    exchange.getResponseHeaders().add(Endpoint.REVISION, revision);
    exchange.sendResponseHeaders(call == 10 ? 503 : 200, -1);
    exchange.close();
  }

  @Test
  void countsEveryFailureAndSeesEveryRevision() {
    try (var load = Load.start(request(), 100)) {
      await().atMost(Duration.ofSeconds(20)).until(() -> load.answered() >= 20);
      revision = "new";
      await().atMost(Duration.ofSeconds(20)).until(() -> load.answered() >= 40);
      var report = load.stop();

      assertThat(report.failures()).singleElement().asString().startsWith("503");
      assertThat(report.refused()).hasSize(1);
      assertThat(report.answered()).hasSize(report.outcomes().size() - 1);
      assertThat(report.revisions()).containsExactly("old", "new");
      assertThat(report.goesBack("old", "new")).isFalse();
    }
  }

  @Test
  void clientsThatWaitCountWhatWasAnswered() throws InterruptedException {
    var perSecond = ClosedLoop.perSecond(request(), 2, Duration.ofMillis(200));
    assertThat(perSecond).isPositive();
    assertThat(calls.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aQuantileIsOneOfTheValues() {
    var values = List.of(4.0, 1.0, 3.0, 2.0);
    assertThat(LoadReport.quantile(values, 0.5)).isEqualTo(2);
    assertThat(LoadReport.quantile(values, 0.99)).isEqualTo(4);
  }

  @Test
  void aServerThatIsGoneIsAFailure() {
    server.stop(0);

    try (var load = Load.start(request(), 100)) {
      await().atMost(Duration.ofSeconds(20)).until(() -> load.answered() >= 5);

      assertThat(load.stop().failures()).hasSizeGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void anOldAnswerAfterANewOneGoesBack() {
    var report =
        new LoadReport(
            List.of(
                new Load.Outcome(0, 10, "old", null),
                new Load.Outcome(20, 30, "new", null),
                new Load.Outcome(40, 50, "old", null)));

    assertThat(report.goesBack("old", "new")).isTrue();
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .build();
  }
}
