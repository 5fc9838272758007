package io.modelservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A user's browser: Chromium, driven by the W3C WebDriver protocol. Selectors are those of CSS and
 * mean the first element.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The key under which the protocol names an element. */
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox", // tests may run as root
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--window-size=1280,1200");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final URI address;
  private final String session;

  private Browser(Process driver, int port, Path profile) throws IOException, InterruptedException {
    this.driver = driver;
    this.address = URI.create("http://localhost:" + port);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> get("/status").path("ready").asBoolean());
    var flags = Stream.concat(FLAGS.stream(), Stream.of("--user-data-dir=" + profile)).toList();
    var wishes =
        Map.of(
            "goog:chromeOptions",
            Map.of("args", flags),
            "goog:loggingPrefs",
            Map.of("browser", "ALL"));
    var made = post("/session", Map.of("capabilities", Map.of("alwaysMatch", wishes)));
    session = "/session/" + made.get("sessionId").asText();
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder
   */
  static Browser start(Path profile) throws IOException, InterruptedException {
    for (var program : List.of("chromium", "chromedriver")) {
      assertThat(installed(program))
          .as(
              "the page is tested in a browser, and there is no %s on the path: install the Debian"
                  + " packages chromium and chromium-driver",
              program)
          .isTrue();
    }
    var port = Program.freePort();
    var log = profile.resolveSibling("chromedriver.log").toFile();
    var builder = new ProcessBuilder("chromedriver", "--port=" + port).redirectErrorStream(true);
    var driver = builder.redirectOutput(log).start();
    try {
      return new Browser(driver, port, profile);
    } catch (IOException | RuntimeException | AssertionError e) {
      driver.destroy();
      throw e;
    }
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
  }

  void open(String url) throws IOException, InterruptedException {
    post(session + "/url", Map.of("url", url));
  }

  void click(String selector) throws IOException, InterruptedException {
    post(element(selector) + "/click", Map.of());
  }

  /** Writes into a field in place of what is there; into a field for files, the path of one. */
  void type(String selector, String text) throws IOException, InterruptedException {
    if (!property(selector, "type").equals("file")) {
      post(element(selector) + "/clear", Map.of());
    }
    post(element(selector) + "/value", Map.of("text", text));
  }

  /** What a user can read there; nothing if there is no such element yet. */
  String text(String selector) {
    return run("return document.querySelector(arguments[0])?.innerText ?? ''", selector).asText();
  }

  String property(String selector, String name) {
    return run("return document.querySelector(arguments[0])[arguments[1]]", selector, name)
        .asText();
  }

  /** The result of a function's body on the page. */
  JsonNode run(String script, Object... arguments) {
    try {
      return post(session + "/execute/sync", Map.of("script", script, "args", arguments));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What the browser has written to its console since the last call. */
  List<String> console() throws IOException, InterruptedException {
    return post(session + "/se/log", Map.of("type", "browser")).findValuesAsText("message");
  }

  private String element(String selector) throws IOException, InterruptedException {
    var search = Map.of("using", "css selector", "value", selector);
    return session + "/element/" + post(session + "/element", search).get(ELEMENT).asText();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve(path)));
  }

  private JsonNode post(String path, Object body) throws IOException, InterruptedException {
    var json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return send(HttpRequest.newBuilder(address.resolve(path)).POST(json));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).get("value");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      send(HttpRequest.newBuilder(address.resolve(session)).DELETE()); // ends Chromium
    } finally {
      driver.destroy();
      driver.waitFor();
      http.close();
    }
  }
}
