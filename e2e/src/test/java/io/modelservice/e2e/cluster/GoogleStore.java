package io.modelservice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A bucket of fake-gcs-server, which lets everybody read, and the token service of Google, played,
 * which knows one account.
 */
public final class GoogleStore implements ModelStore {
  private static final String READER = "reader@roastery.iam.gserviceaccount.com";
  private static final String STRANGER = "stranger@roastery.iam.gserviceaccount.com";

  private final int port = HostProgram.freePort();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String privateKey = privateKey();
  private final HttpServer tokens;
  private final HostProgram store;

  public GoogleStore(Settings settings) throws IOException {
    tokens = HttpServer.create(new InetSocketAddress(HostProgram.HOST, 0), 0);
    tokens.createContext("/token", GoogleStore::token);
    tokens.start();
    store =
        HostProgram.start(
            settings.log("fake-gcs-server"),
            port,
            List.of(
                "fake-gcs-server",
                "-scheme=http",
                "-backend=memory",
                "-host=" + HostProgram.HOST,
                "-port=" + port,
                "-public-host=" + HostProgram.HOST + ":" + port),
            Map.of());
    post("/storage/v1/b?project=roastery", "{\"name\": \"models\"}".getBytes(UTF_8));
  }

  /** Answers a JSON Web Token of the reader with a token. */
  private static void token(HttpExchange exchange) throws IOException {
    try (exchange) {
      var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var claims = form.replaceFirst(".*assertion=[^.]*[.]", "").replaceFirst("[.].*", "");
      var known = new String(Base64.getUrlDecoder().decode(claims), UTF_8).contains(READER);
      var answer =
          known
              ? "{\"access_token\": \"opens\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"
              : "{\"error\": \"invalid_grant\", \"error_description\": \"Invalid JWT Signature.\"}";
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(known ? 200 : 400, answer.length());
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
    }
  }

  @Override
  public void put(String folder, Path model) throws IOException {
    post(
        "/upload/storage/v1/b/models/o?uploadType=media&name=" + folder + "/model.onnx",
        Files.readAllBytes(model));
  }

  private void post(String path, byte[] body) {
    var uri = URI.create("http://" + HostProgram.HOST + ":" + port + path);
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body)).build();
    var answer = Uploads.send(client, request);
    if (answer.statusCode() != 200) {
      throw new AssertionError("the store answers with " + answer.statusCode());
    }
  }

  @Override
  public String uri(String folder) {
    return "gs://models/" + folder;
  }

  @Override
  public Map<String, String> keys() {
    return keys(READER);
  }

  @Override
  public Map<String, String> wrongKeys() {
    return keys(STRANGER);
  }

  private Map<String, String> keys(String account) {
    return Map.of(
        "STORAGE_EMULATOR_HOST",
        "http://" + HostProgram.HOST + ":" + port,
        "GOOGLE_APPLICATION_CREDENTIALS",
        serviceAccount(account));
  }

  /** The JSON file that Google's console gives for an account. */
  private String serviceAccount(String account) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "service_account")
        .put("project_id", "roastery")
        .put("private_key_id", "1")
        .put("private_key", privateKey)
        .put("client_email", account)
        .put("client_id", "1")
        .put("token_uri", "http://%s:%d/token".formatted(HostProgram.HOST, tokenPort()))
        .toString();
  }

  private int tokenPort() {
    return tokens.getAddress().getPort();
  }

  private static String privateKey() {
    try {
      var key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
      return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
          .formatted(Base64.getMimeEncoder().encodeToString(key.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has RSA", e);
    }
  }

  @Override
  public String wrongSecret() {
    return privateKey.lines().skip(1).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    client.close();
    tokens.stop(0);
    store.close();
  }
}
