package io.modelservice.e2e.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client that sends the same request at a fixed rate and does not wait for answers. */
public final class Load implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Queue<CompletableFuture<Outcome>> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final HttpRequest request;

  /**
   * What became of one request.
   *
   * @param sent {@link System#nanoTime()}
   * @param done {@link System#nanoTime()}
   * @param failure why it has no answer of status 200
   */
  public record Outcome(long sent, long done, String revision, @Nullable String failure) {}

  private Load(HttpRequest request) {
    this.request = request;
  }

  public static Load start(HttpRequest request, int perSecond) {
    var load = new Load(request);
    var period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    var _ = load.clock.scheduleAtFixedRate(load::send, 0, period, TimeUnit.NANOSECONDS);
    return load;
  }

  private void send() {
    var sent = System.nanoTime();
    outcomes.add(
        client
            .sendAsync(request, BodyHandlers.ofByteArray())
            .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .handle((response, problem) -> outcome(sent, response, problem)));
  }

  private Outcome outcome(
      long sent, @Nullable HttpResponse<byte[]> response, @Nullable Throwable problem) {
    answered.incrementAndGet();
    var done = System.nanoTime();
    if (response == null) {
      return new Outcome(sent, done, "", String.valueOf(problem));
    }
    var revision = response.headers().firstValue(Endpoint.REVISION).orElse("");
    var failure =
        response.statusCode() == 200
            ? null
            : response.statusCode() + " " + new String(response.body(), UTF_8);
    return new Outcome(sent, done, revision, failure);
  }

  /** Answers so far, good and bad. */
  public int answered() {
    return answered.get();
  }

  /** Sends no more and waits for what is on its way. */
  public LoadReport stop() {
    clock.shutdownNow();
    try {
      var _ = clock.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Outcome> all = outcomes.stream().map(CompletableFuture::join).toList();
    return new LoadReport(all);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.shutdownNow();
    client.close();
  }
}
