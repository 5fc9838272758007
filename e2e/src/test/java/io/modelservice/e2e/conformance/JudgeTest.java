package io.modelservice.e2e.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The suite must not praise a server that is wrong, nor blame one for what it does not claim. */
class JudgeTest {
  private final HttpServer server = unstarted();
  private volatile int status = 200;
  private volatile String body = "";

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void aRightAnswerPasses() {
    body = answer(0);

    assertThat(flatData()).isEqualTo(new Verdict.Passed());
  }

  @Test
  void aWrongSumFails() {
    body = answer(1);

    assertThat(flatData())
        .isInstanceOfSatisfying(
            Verdict.Failed.class,
            failed -> assertThat(failed.why()).startsWith("OUTPUT0 is [-34,"));
  }

  @Test
  void aRequiredPathThatIsMissingFails() {
    status = 404;
    body = "{\"error\": \"no such path\"}";

    assertThat(flatData())
        .isEqualTo(
            new Verdict.Failed("POST /v2/models/simple/infer: 404 {\"error\": \"no such path\"}"));
  }

  @Test
  void anExtensionThatIsNotAnnouncedIsNotOffered() {
    body = answer(0);

    assertThat(binary(Set.of())).isInstanceOf(Verdict.NotOffered.class);
  }

  @Test
  void anExtensionThatIsAnnouncedMustWork() {
    body = answer(0);

    assertThat(binary(Set.of("binary_tensor_data"))).isInstanceOf(Verdict.Failed.class);
  }

  /** JSON data whose sums are wrong by {@code error}. */
  private static String answer(int error) {
    var answer = JsonNodeFactory.instance.objectNode().put("model_name", "simple");
    var outputs = answer.putArray("outputs");
    for (var name : SimpleModel.OUTPUTS) {
      var output = SimpleModel.tensor(name, 1);
      var values = Arrays.stream(SimpleModel.values(name)).map(value -> value + error).toArray();
      SimpleModel.data(output.putArray("data"), values);
      outputs.add(output);
    }
    return answer.toString();
  }

  private Http http() {
    return new Http(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private Verdict flatData() {
    var chapter = new InferChapter(http(), new SimpleModel("simple")).chapter();
    return verdict(chapter, "flat data", Set.of());
  }

  /** The server answers, and not in binary. */
  private Verdict binary(Set<String> announced) {
    var chapter = new BinaryChapter(http(), new SimpleModel("simple")).chapter();
    return verdict(chapter, "JSON in, binary out", announced);
  }

  private static Verdict verdict(Chapter chapter, String name, Set<String> announced) {
    var check =
        chapter.checks().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    var one = new Chapter(chapter.name(), List.of(check));
    return new Judge(announced).results(List.of(one)).getFirst().verdict();
  }
}
