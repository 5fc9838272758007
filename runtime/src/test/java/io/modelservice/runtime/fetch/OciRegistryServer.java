package io.modelservice.runtime.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelservice.runtime.WebServer;
import io.modelservice.runtime.source.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Plays a registry with one repository, {@code acme/espresso}; it keeps blobs on another host. Who
 * asks must say so by a token that is given to everybody, but only that of the account is good for
 * a private repository.
 */
final class OciRegistryServer implements AutoCloseable {
  private static final String PREFIX = "/v2/acme/espresso/";
  private static final String STRANGER = "token-of-a-stranger";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicReference<String> challenge = new AtomicReference<>("");
  private final AtomicReference<String> account = new AtomicReference<>("");
  private final AtomicReference<String> promise = new AtomicReference<>("");
  private final AtomicInteger tokens = new AtomicInteger();
  private final WebServer other = new WebServer();
  private final HttpServer server;

  OciRegistryServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(exchange);
          }
        });
    server.start();
  }

  /** Host and port. */
  String registry() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** The address of a tag or, with {@code @} before it, of a digest. */
  String uri(String version) {
    var mark = version.startsWith("sha256:") ? "@" : ":";
    return "oci://" + registry() + "/acme/espresso" + mark + version;
  }

  /** Pushes an artifact and gives its digest. */
  String push(String tag, OciLayer... layers) {
    for (var layer : layers) {
      other.put("/" + layer.digest(), layer.content());
    }
    return pushManifest(tag, OciLayer.manifest(layers));
  }

  /** Pushes a manifest or an index and gives its digest. */
  String pushManifest(String tag, String json) {
    var bytes = json.getBytes(UTF_8);
    var digest = "sha256:" + Sha256.hex(bytes);
    manifests.put(tag, bytes);
    manifests.put(digest, bytes);
    return digest;
  }

  /** From now on this is sent for a manifest in place of what was pushed. */
  void damageManifest(String version, String json) {
    manifests.put(version, json.getBytes(UTF_8));
  }

  /** From now on manifests are said to have this digest. */
  void promise(String digest) {
    promise.set(digest);
  }

  /** From now on only an account may read, by a token. */
  void protect(String user, String password) {
    account.set(basic(user, password));
    askForTokens();
  }

  /** From now on who asks must have a token; without an account that of a stranger is good. */
  void askForTokens() {
    challenge.set(
        "Bearer realm=\"http://%s/token\",service=\"espresso\",scope=\"repository:acme/espresso:pull\""
            .formatted(registry()));
  }

  /** From now on only an account may read, by its password. */
  void protectByPassword(String user, String password) {
    account.set(basic(user, password));
    challenge.set("Basic realm=\"espresso\"");
  }

  /** From now on no token that was given is good any more. */
  void forgetTokens() {
    tokens.incrementAndGet();
  }

  /** From now on requests with this begin of a path get this status. */
  void fail(String begin, int status) {
    failures.put(begin, status);
  }

  /** Method, path and query as they came. */
  List<String> requests() {
    return requests;
  }

  /** Where blobs are, each at {@code /} and its digest. */
  WebServer other() {
    return other;
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    var failure = failures.keySet().stream().filter(path::startsWith).findFirst();
    if (failure.isPresent()) {
      exchange.sendResponseHeaders(failures.getOrDefault(failure.get(), 500), -1);
    } else if (path.equals("/token")) {
      giveToken(exchange);
    } else if (!mayRead(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", challenge.get());
      exchange.sendResponseHeaders(401, -1);
    } else if (path.startsWith(PREFIX + "manifests/")) {
      manifest(exchange, path.substring((PREFIX + "manifests/").length()));
    } else if (path.startsWith(PREFIX + "blobs/")) {
      sendOn(exchange, path.substring((PREFIX + "blobs/").length()));
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private boolean mayRead(HttpExchange exchange) {
    var good = challenge.get().startsWith("Bearer") ? "Bearer " + goodToken() : account.get();
    return challenge.get().isEmpty() || good.equals(Answers.authorization(exchange));
  }

  private String goodToken() {
    return account.get().isEmpty() ? STRANGER : "token-of-the-account-" + tokens;
  }

  private void giveToken(HttpExchange exchange) throws IOException {
    var said = Answers.authorization(exchange);
    var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var known = account.get().equals(said) || form.contains("refresh_token=identity");
    if (known || said.equals("null")) {
      var token = known ? goodToken() : STRANGER;
      Answers.send(
          exchange, "{\"token\": \"%s\", \"expires_in\": 60}".formatted(token).getBytes(UTF_8));
    } else {
      exchange.sendResponseHeaders(401, -1);
    }
  }

  private void manifest(HttpExchange exchange, String version) throws IOException {
    var accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
    var known =
        Optional.ofNullable(manifests.get(version)).filter(m -> accepted.contains(MANIFEST));
    exchange.getResponseHeaders().set("Content-Type", MANIFEST);
    if (!promise.get().isEmpty()) {
      exchange.getResponseHeaders().set("Docker-Content-Digest", promise.get());
    }
    Answers.send(exchange, known.orElse(null));
  }

  private void sendOn(HttpExchange exchange, String digest) throws IOException {
    exchange.getResponseHeaders().set("Location", other.uri("/" + digest + "?Signature=s"));
    exchange.sendResponseHeaders(307, -1);
  }

  @Override
  public void close() {
    server.stop(0);
    other.close();
  }
}
