package io.modelservice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays a Hugging Face Hub with one private repository, on the host, where pods reach it. Its
 * branch {@code main} is the commit that was pushed last.
 */
public final class Hub implements AutoCloseable {
  public static final String REPOSITORY = "acme/calculator";

  /** What its users must send. */
  public static final String TOKEN = "hf_e2eSecretOfTheTests";

  private static final String API = "/api/models/" + REPOSITORY;
  private static final String FILES = "/" + REPOSITORY + "/resolve/";

  private final Map<String, Map<String, byte[]>> commits = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile String main = "";

  public Hub() {
    try {
      server = HttpServer.create(new InetSocketAddress(HostProgram.HOST, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** What a Secret holds, so that pods find it. */
  public Map<String, String> keys(String token) {
    return Map.of(
        "HF_ENDPOINT",
        "http://" + HostProgram.HOST + ":" + server.getAddress().getPort(),
        "HF_TOKEN",
        token);
  }

  /**
   * Moves the branch.
   *
   * @param commit 40 hex digits
   * @param files by their paths
   */
  public void push(String commit, Map<String, byte[]> files) {
    commits.put(commit, Map.copyOf(files));
    main = commit;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var token = exchange.getRequestHeaders().getFirst("Authorization");
      var content = content(exchange.getRequestURI().getPath());
      if (!("Bearer " + TOKEN).equals(token)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      }
    }
  }

  private byte @Nullable [] content(String path) {
    if (path.equals(API + "/revision/main")) {
      return "{\"sha\": \"%s\"}".formatted(main).getBytes(UTF_8);
    }
    if (path.startsWith(API + "/tree/")) {
      return list(files(path.substring((API + "/tree/").length())));
    }
    if (path.startsWith(FILES)) {
      var place = path.substring(FILES.length()).split("/", 2);
      return files(place[0]).get(place[1]);
    }
    return null;
  }

  private Map<String, byte[]> files(String commit) {
    return commits.getOrDefault(commit.replaceFirst("/.*", ""), Map.of());
  }

  private static byte[] list(Map<String, byte[]> files) {
    return files.entrySet().stream()
        .map(
            file ->
                "{\"type\": \"file\", \"oid\": \"%x\", \"size\": %d, \"path\": \"%s\"}"
                    .formatted(
                        Arrays.hashCode(file.getValue()), file.getValue().length, file.getKey()))
        .collect(joining(",", "[", "]"))
        .getBytes(UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
