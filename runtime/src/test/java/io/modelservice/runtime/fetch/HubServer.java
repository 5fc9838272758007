package io.modelservice.runtime.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelservice.runtime.WebServer;
import io.modelservice.runtime.source.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Plays a Hub with one repository, {@code acme/espresso}: listings in pages of two, small files by
 * a redirect within the Hub, ONNX files by a redirect to another host.
 */
final class HubServer implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String API = "/api/models/acme/espresso";
  private static final int PAGE = 2;

  private final Map<String, String> commits = new ConcurrentHashMap<>(Map.of("main", COMMIT));
  private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final HttpServer hub = start(this::answer);
  private final WebServer other = new WebServer();

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private static HttpServer start(Answer answer) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              answer.to(exchange);
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String endpoint() {
    return "http://localhost:" + hub.getAddress().getPort();
  }

  void put(String path, String content) {
    files.put(path, content.getBytes(UTF_8));
    other.put("/" + path, content);
  }

  /** From now on the other host sends this in place of what is listed. */
  void damage(String path, String content) {
    other.put("/" + path, content);
  }

  void branch(String name, String commit) {
    commits.put(name, commit);
  }

  /** From now on requests with this begin of a path get this status. */
  void fail(String begin, int status) {
    failures.put(begin, status);
  }

  /** Method-less: paths as they came, escaped. */
  List<String> requests() {
    return requests;
  }

  List<String> tokens() {
    return tokens;
  }

  /** Where large files are. */
  WebServer other() {
    return other;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    requests.add(path);
    tokens.add(Answers.authorization(exchange));
    var failure = failures.keySet().stream().filter(path::startsWith).findFirst();
    if (failure.isPresent()) {
      exchange.sendResponseHeaders(failures.getOrDefault(failure.get(), 500), -1);
    } else if (path.startsWith(API + "/revision/")) {
      var commit = commits.get(path.substring((API + "/revision/").length()));
      Answers.send(
          exchange, commit == null ? null : "{\"sha\": \"%s\"}".formatted(commit).getBytes(UTF_8));
    } else if (path.startsWith(API + "/tree/" + COMMIT)) {
      list(exchange, path.substring((API + "/tree/" + COMMIT).length()).replaceFirst("^/", ""));
    } else if (path.startsWith("/acme/espresso/resolve/" + COMMIT + "/")) {
      sendOn(exchange, path.substring(("/acme/espresso/resolve/" + COMMIT + "/").length()));
    } else if (path.startsWith("/api/resolve-cache/")) {
      Answers.send(exchange, files.get(path.substring("/api/resolve-cache/".length())));
    } else {
      Answers.send(exchange, null);
    }
  }

  private void list(HttpExchange exchange, String folder) throws IOException {
    var prefix = folder.isEmpty() ? "" : folder + "/";
    var paths = files.keySet().stream().filter(path -> path.startsWith(prefix)).toList();
    var query = exchange.getRequestURI().getQuery();
    var from = query.contains("cursor=") ? Integer.parseInt(query.replaceFirst(".*=", "")) : 0;
    var to = Math.min(from + PAGE, paths.size());
    if (to < paths.size()) {
      var next = exchange.getRequestURI().getRawPath() + "?recursive=true&cursor=" + to;
      exchange.getResponseHeaders().set("Link", "<" + endpoint() + next + ">; rel=\"next\"");
    }
    var entries = new ArrayList<String>();
    entries.add("{\"type\": \"directory\", \"oid\": \"d\", \"size\": 0, \"path\": \"onnx\"}");
    paths.subList(from, to).forEach(path -> entries.add(entry(path)));
    var json = entries.stream().collect(joining(",", "[", "]"));
    Answers.send(exchange, paths.isEmpty() ? null : json.getBytes(UTF_8));
  }

  private String entry(String path) {
    var content = files.getOrDefault(path, new byte[0]);
    var lfs =
        path.contains(".onnx")
            ? ", \"lfs\": {\"oid\": \"%s\", \"size\": %d, \"pointerSize\": 134}"
                .formatted(Sha256.hex(content), content.length)
            : "";
    return "{\"type\": \"file\", \"oid\": \"git-%s\", \"size\": %d, \"path\": \"%s\"%s}"
        .formatted(Sha256.hex(content), content.length, path, lfs);
  }

  private void sendOn(HttpExchange exchange, String path) throws IOException {
    var far = other.uri("/" + path + "?Signature=s");
    var location = path.contains(".onnx") ? far : "/api/resolve-cache/" + path;
    exchange.getResponseHeaders().set("Location", location);
    exchange.sendResponseHeaders(302, -1);
  }

  @Override
  public void close() {
    hub.stop(0);
    other.close();
  }
}
