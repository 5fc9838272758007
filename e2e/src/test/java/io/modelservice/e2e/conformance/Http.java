package io.modelservice.e2e.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

/** The server's REST side. */
final class Http {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI address;

  Http(URI address) {
    this.address = address;
  }

  String host() {
    return address.getHost();
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET " + path, HttpRequest.newBuilder(address.resolve(path)));
  }

  Answer post(String path, JsonNode body) throws IOException, InterruptedException {
    return post(path, body.toString());
  }

  Answer post(String path, String json) throws IOException, InterruptedException {
    return post(path, json.getBytes(UTF_8), Map.of("Content-Type", "application/json"));
  }

  Answer post(String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve(path)).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send("POST " + path, request);
  }

  private Answer send(String call, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try {
      return patiently(call, request.timeout(TIMEOUT).build());
    } catch (IOException e) {
      throw new IOException(call + " has no answer: " + e, e);
    }
  }

  /** A server may close a kept connection while a request is on its way: it is sent again. */
  private Answer patiently(String call, HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return exchange(call, request);
    } catch (HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return exchange(call, request);
    }
  }

  private Answer exchange(String call, HttpRequest request)
      throws IOException, InterruptedException {
    var response = client.send(request, BodyHandlers.ofByteArray());
    return new Answer(call, response.statusCode(), response.headers(), response.body());
  }
}
