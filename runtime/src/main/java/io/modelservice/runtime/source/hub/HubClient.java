package io.modelservice.runtime.source.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.HttpConnections;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a Hub. It sends on to other hosts, and these never see the token. */
final class HubClient {
  private static final int MOST_REDIRECTS = 5;

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
    var place = first;
    for (var hop = 0; hop <= MOST_REDIRECTS; hop++) {
      var connection = HttpConnections.prepare(place, "GET");
      connection.setInstanceFollowRedirects(false);
      headers.forEach(connection::setRequestProperty);
      if (token != null && ofTheHub(place)) {
        connection.setRequestProperty("Authorization", "Bearer " + token);
      }
      var location = connection.getHeaderField("Location");
      if (!redirects(connection.getResponseCode()) || location == null) {
        return connection;
      }
      connection.disconnect();
      place = target(place, location);
    }
    throw new IOException("it sends on more than %d times".formatted(MOST_REDIRECTS));
  }

  private static boolean redirects(int status) {
    return status == HttpURLConnection.HTTP_MOVED_PERM
        || status == HttpURLConnection.HTTP_MOVED_TEMP
        || status == HttpURLConnection.HTTP_SEE_OTHER
        || status == 307
        || status == 308;
  }

  private static URI target(URI from, String location) throws IOException {
    try {
      var to = from.resolve(location);
      var scheme = String.valueOf(to.getScheme());
      if (scheme.equals("https") || (scheme.equals("http") && from.getScheme().equals("http"))) {
        return to;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the address: it may hold a signature
    }
    throw new IOException("it sends on to an address that is no https:// address");
  }

  /** Whether scheme, host and port are the Hub's own. */
  boolean ofTheHub(URI place) {
    return endpoint.getScheme().equalsIgnoreCase(place.getScheme())
        && endpoint.getRawAuthority().equalsIgnoreCase(place.getRawAuthority());
  }

  boolean hasToken() {
    return token != null;
  }

  /** The Hub's address without a slash at its end, for messages too. */
  String host() {
    return endpoint.toString().replaceAll("/+$", "");
  }
}
