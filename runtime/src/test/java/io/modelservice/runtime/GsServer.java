package io.modelservice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays Google Cloud Storage with one bucket, {@code models}, listed in pages of two, and besides
 * what gives tokens: to who has a key, and to a pod by the metadata server.
 */
public final class GsServer implements AutoCloseable {
  private static final String OBJECTS = "/storage/v1/b/models/o";
  private static final int PAGE = 2;

  private record Content(String text, long generation, String encoding) {
    byte[] bytes() {
      return text.getBytes(UTF_8);
    }
  }

  private final Map<String, Content> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Map<String, String> garbage = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<String> assertions = new CopyOnWriteArrayList<>();
  private final AtomicLong generations = new AtomicLong(1_700_000_000_000_000L);
  private final HttpServer server;

  public GsServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** Host and port. */
  public String host() {
    return "localhost:" + server.getAddress().getPort();
  }

  public URI uri() {
    return URI.create("http://" + host());
  }

  /** Each upload is a new generation. */
  public void put(String key, String content) {
    put(key, content, "");
  }

  public void put(String key, String content, String encoding) {
    objects.put(key, new Content(content, generations.incrementAndGet(), encoding));
  }

  /** From now on requests whose path begins like this get this status, and a body that is long. */
  public void fail(String begin, int status) {
    failures.put(begin, status);
  }

  /** From now on requests whose path begins like this get this. */
  public void say(String begin, String body) {
    garbage.put(begin, body);
  }

  /** Path and query, and the range that was asked for. */
  public List<String> requests() {
    return requests;
  }

  /** What came to the store in the header {@code Authorization}; "null" for none. */
  public List<String> authorizations() {
    return authorizations;
  }

  /** What keys have signed to get a token. */
  public List<String> assertions() {
    return assertions;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getRawPath();
      var failure = failures.keySet().stream().filter(path::startsWith).findFirst();
      var said = garbage.keySet().stream().filter(path::startsWith).findFirst();
      if (failure.isPresent()) {
        send(
            exchange, failures.getOrDefault(failure.get(), 500), "{\"error\":\n\"a\nlong story\"}");
      } else if (said.isPresent()) {
        send(exchange, 200, garbage.getOrDefault(said.get(), ""));
      } else if (path.equals("/token")) {
        var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        assertions.add(form.replaceFirst(".*assertion=", ""));
        send(exchange, 200, token("of-the-key"));
      } else if (path.startsWith("/computeMetadata/v1/instance/service-accounts/default/token")) {
        var asked = "Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"));
        send(exchange, asked ? 200 : 403, token("of-the-pod"));
      } else {
        store(exchange, path);
      }
    }
  }

  private static String token(String token) {
    return "{\"access_token\": \"%s\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}"
        .formatted(token);
  }

  private void store(HttpExchange exchange, String path) throws IOException {
    var range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(exchange.getRequestURI() + (range == null ? "" : " " + range));
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (path.equals(OBJECTS)) {
      send(exchange, 200, list(exchange));
    } else if (path.startsWith(OBJECTS + "/")) {
      object(exchange, URLDecoder.decode(path.substring(OBJECTS.length() + 1), UTF_8));
    } else {
      send(exchange, 404, "{\"error\": \"The specified bucket does not exist.\"}");
    }
  }

  private String list(HttpExchange exchange) {
    var keys =
        objects.keySet().stream().filter(k -> k.startsWith(query(exchange, "prefix"))).toList();
    var token = query(exchange, "pageToken");
    var from = token.isEmpty() ? 0 : Integer.parseInt(token.replace("page+", ""));
    var to = Math.min(from + PAGE, keys.size());
    var items = keys.subList(from, to).stream().map(this::described).collect(joining(","));
    var next = to < keys.size() ? ", \"nextPageToken\": \"page+%d\"".formatted(to) : "";
    return items.isEmpty() ? "{}" : "{\"items\": [%s]%s}".formatted(items, next);
  }

  private String described(String key) {
    var content = content(key);
    return "{\"name\": \"%s\", \"size\": \"%d\", \"generation\": \"%d\", \"contentEncoding\": \"%s\"}"
        .formatted(key, content.bytes().length, content.generation(), content.encoding());
  }

  private Content content(String key) {
    return objects.getOrDefault(key, new Content("", 0, ""));
  }

  private void object(HttpExchange exchange, String key) throws IOException {
    var content = content(key);
    var media = query(exchange, "alt").equals("media");
    var wanted = media ? query(exchange, "generation") : Long.toString(content.generation());
    if (!objects.containsKey(key) || !wanted.equals(Long.toString(content.generation()))) {
      send(exchange, 404, "No such object: models/" + key);
    } else if (media) {
      send(exchange, content.bytes());
    } else {
      send(exchange, 200, described(key));
    }
  }

  private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
    var range = exchange.getRequestHeaders().getFirst("Range");
    var from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
    exchange.getResponseBody().write(bytes, from, bytes.length - from);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String query(HttpExchange exchange, String name) {
    return Arrays.stream(exchange.getRequestURI().getRawQuery().split("&", -1))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> URLDecoder.decode(part.substring(name.length() + 1), UTF_8))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
