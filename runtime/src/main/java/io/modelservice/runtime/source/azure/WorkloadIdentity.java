package io.modelservice.runtime.source.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.Forms;
import io.modelservice.runtime.source.HttpConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The identity that Azure's webhook gives to the pods of a service account: the account's token,
 * from a file, is exchanged for one of the store (OAuth 2.0 client assertion, RFC 7523).
 *
 * @param authority URL of the token service
 */
record WorkloadIdentity(String client, String tenant, Path tokenFile, String authority)
    implements TokenCredential {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Empty unless the webhook has set all of it. */
  static Optional<WorkloadIdentity> of(Credentials credentials) {
    var client = credentials.value("AZURE_CLIENT_ID");
    var tenant = credentials.value("AZURE_TENANT_ID");
    var file = credentials.value("AZURE_FEDERATED_TOKEN_FILE");
    if (client.isEmpty() || tenant.isEmpty() || file.isEmpty()) {
      return Optional.empty();
    }
    var authority =
        credentials.value("AZURE_AUTHORITY_HOST").orElse("https://login.microsoftonline.com/");
    return Optional.of(
        new WorkloadIdentity(client.get(), tenant.get(), Path.of(file.get()), authority));
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request));
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    try {
      return exchange(String.join(" ", request.getScopes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AccessToken exchange(String scope) throws IOException {
    var form =
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            client,
            "scope",
            scope,
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            Files.readString(tokenFile).strip());
    var uri = URI.create(authority.replaceFirst("/*$", "/") + tenant + "/oauth2/v2.0/token");
    var connection = HttpConnections.prepare(uri, "POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
    try (var out = connection.getOutputStream()) {
      out.write(Forms.encoded(form).getBytes(UTF_8));
    }
    return token(connection);
  }

  private AccessToken token(HttpURLConnection answer) throws IOException {
    var status = answer.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      answer.disconnect();
      throw new IdentityRefused(
          "%s answers with status %d to the pod's service account".formatted(authority, status));
    }
    try (var in = answer.getInputStream()) {
      var json = JSON.readTree(in);
      var until = OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(json.path("expires_in").asLong());
      return new AccessToken(json.path("access_token").asText(), until);
    }
  }
}
