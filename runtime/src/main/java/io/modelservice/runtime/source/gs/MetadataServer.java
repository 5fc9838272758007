package io.modelservice.runtime.source.gs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.OAuth2CredentialsWithRefresh;
import io.modelservice.runtime.source.HttpConnections;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/**
 * The metadata server of Google Cloud, which gives tokens for the account that a pod runs as. The
 * library's own search remembers for ever that there was none, while on a node that is new the
 * server comes after the first pods.
 */
final class MetadataServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token";
  private static final int CONNECT_MILLIS = 1_000;
  private static final int LARGEST = 1 << 16;

  private final String host;

  MetadataServer(String host) {
    this.host = host;
  }

  /** The pod's account; empty if this is no cloud of Google's, or the pod has no account there. */
  Optional<OAuth2Credentials> account() {
    try {
      return Optional.of(
          OAuth2CredentialsWithRefresh.newBuilder()
              .setAccessToken(token())
              .setRefreshHandler(this::token)
              .build());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private AccessToken token() throws IOException {
    var connection = HttpConnections.prepare(URI.create("http://" + host + TOKEN), "GET");
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setRequestProperty("Metadata-Flavor", "Google");
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException(
          "the metadata server answers with status " + connection.getResponseCode());
    }
    try (var in = connection.getInputStream()) {
      var json = JSON.readTree(in.readNBytes(LARGEST));
      var token = json.path("access_token").asText();
      if (token.isEmpty()) {
        throw new IOException("the metadata server gives no token");
      }
      var end = Instant.now().plusSeconds(json.path("expires_in").asLong());
      return new AccessToken(token, Date.from(end));
    }
  }
}
