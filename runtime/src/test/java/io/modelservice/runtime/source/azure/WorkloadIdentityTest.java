package io.modelservice.runtime.source.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenRequestContext;
import com.sun.net.httpserver.HttpServer;
import io.modelservice.runtime.source.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token of a service account opens a store, as Azure's webhook prepares it. */
class WorkloadIdentityTest {
  private static final TokenRequestContext STORE =
      new TokenRequestContext().addScopes("https://storage.azure.com/.default");

  @TempDir Path folder;
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private final Map<String, String> environment = new HashMap<>();
  private HttpServer service;

  @BeforeEach
  void aTokenServiceKnowsTheAccount() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/roasters/oauth2/v2.0/token",
        exchange -> {
          try (exchange) {
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.set(URLDecoder.decode(form, StandardCharsets.UTF_8));
            var answer =
                "{\"access_token\": \"opens\", \"expires_in\": 3600}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(form.contains("projected") ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    service.start();
    var token = Files.writeString(folder.resolve("azure-identity-token"), "projected\n");
    environment.put("AZURE_CLIENT_ID", "client-of-the-model");
    environment.put("AZURE_TENANT_ID", "roasters");
    environment.put("AZURE_FEDERATED_TOKEN_FILE", token.toString());
    environment.put("AZURE_AUTHORITY_HOST", "http://localhost:" + service.getAddress().getPort());
  }

  @AfterEach
  void close() {
    service.stop(0);
  }

  @Test
  void theAccountsTokenIsExchangedForOneOfTheStore() {
    assertThat(identity().getTokenSync(STORE).getToken()).isEqualTo("opens");
    assertThat(asked.get())
        .contains("client_id=client-of-the-model")
        .contains("scope=https://storage.azure.com/.default")
        .contains("client_assertion=projected");
  }

  @Test
  void anAccountThatIsNotKnownIsNamedAndItsTokenIsNot() throws IOException {
    Files.writeString(folder.resolve("azure-identity-token"), "unknown");
    assertThatThrownBy(() -> identity().getTokenSync(STORE))
        .hasCauseInstanceOf(IdentityRefused.class)
        .hasMessageContaining("status 401 to the pod's service account")
        .hasMessageNotContaining("unknown");
  }

  @Test
  void withoutTheWebhookThereIsNone() {
    environment.remove("AZURE_FEDERATED_TOKEN_FILE");
    assertThat(WorkloadIdentity.of(credentials())).isEmpty();
  }

  private WorkloadIdentity identity() {
    return WorkloadIdentity.of(credentials()).orElseThrow();
  }

  private Credentials credentials() {
    return new Credentials(folder, environment);
  }
}
