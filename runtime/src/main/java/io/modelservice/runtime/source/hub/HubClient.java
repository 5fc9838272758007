package io.modelservice.runtime.source.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Redirects;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a Hub. It sends on to other hosts, and these never see the token. */
final class HubClient {
  private final URI endpoint;
  private final @Nullable String token;

  HubClient(HubKeys keys) throws FetchException {
    this.endpoint = keys.endpointUri();
    this.token = keys.token();
  }

  /** Below the Hub's address; each part of the path is escaped, a slash within a part too. */
  URI place(String... parts) {
    var path =
        Arrays.stream(parts)
            .map(part -> URLEncoder.encode(part, UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    return URI.create(host() + "/" + path);
  }

  /** Sends a GET and follows where it leads; the status of the answer is known. */
  HttpURLConnection get(URI first) throws IOException {
    return get(first, Map.of());
  }

  /** The same with headers, which every host gets. */
  HttpURLConnection get(URI first, Map<String, String> headers) throws IOException {
    return Redirects.follow(first, place -> forHost(place, headers));
  }

  private Map<String, String> forHost(URI place, Map<String, String> headers) {
    if (token == null || !ofTheHub(place)) {
      return headers;
    }
    var own = new HashMap<>(headers);
    own.put("Authorization", "Bearer " + token);
    return own;
  }

  /** Whether scheme, host and port are the Hub's own. */
  boolean ofTheHub(URI place) {
    return Redirects.sameHost(endpoint, place);
  }

  boolean hasToken() {
    return token != null;
  }

  /** The Hub's address without a slash at its end, for messages too. */
  String host() {
    return endpoint.toString().replaceAll("/+$", "");
  }
}
