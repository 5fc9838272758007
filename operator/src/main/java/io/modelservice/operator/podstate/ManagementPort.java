package io.modelservice.operator.podstate;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.ServingPlan;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Talks to the management port of pods; never blocks. */
@Singleton
public class ManagementPort {
  private static final int PORT = 9000;
  private static final int OK = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /** {@code GET /state}; fails if the pod does not answer with a state within 2 s. */
  CompletableFuture<PodState> state(String host) {
    var request = HttpRequest.newBuilder(uri(host, "/state")).timeout(TIMEOUT).GET().build();
    return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(ManagementPort::read);
  }

  /** {@code PUT /plan}; the answer's status, or a failure if there is none within 2 s. */
  CompletableFuture<Integer> order(String host, ServingPlan plan) {
    var request =
        HttpRequest.newBuilder(uri(host, "/plan"))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + plan.token())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(ContractJson.write(plan)))
            .build();
    return client.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
  }

  private static PodState read(HttpResponse<byte[]> response) {
    if (response.statusCode() != OK) {
      throw new CompletionException(new IOException("GET /state: " + response.statusCode()));
    }
    try {
      return ContractJson.readState(response.body());
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** {@code host:port} of a pod; an address of IPv6 stands in brackets. */
  public static String address(String host) {
    var literal = host.contains(":") ? "[" + host + "]" : host;
    return literal + ":" + PORT;
  }

  private static URI uri(String host, String path) {
    return URI.create("http://" + address(host) + path);
  }
}
