package io.modelservice.e2e.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of which each waits for its answer before it asks again: they find the peak. */
public final class ClosedLoop {
  private ClosedLoop() {}

  /** Answers of status 200 a second; each client asks at least once. */
  public static double perSecond(HttpRequest request, int clients, Duration duration)
      throws InterruptedException {
    var answered = new AtomicInteger();
    var begin = System.nanoTime();
    var threads = new ArrayList<Thread>();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (var client = 0; client < clients; client++) {
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  do {
                    answered.addAndGet(ask(http, request));
                  } while (System.nanoTime() - begin < duration.toNanos());
                }));
      }
      for (var thread : threads) {
        thread.join();
      }
    }
    return answered.get() / ((System.nanoTime() - begin) / 1e9);
  }

  private static int ask(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200 ? 1 : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
