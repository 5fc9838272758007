package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.RuntimeSpec.Queue;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.MiniLm;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task feature-extraction, and the same by OpenAI's API. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class EmbeddingsTest {
  private static final String PATH = "/v1/embeddings";
  private static final Settings SETTINGS = Settings.of(Task.FEATURE_EXTRACTION);

  @TempDir Path folder;
  private final PodClient pod = new PodClient();

  @BeforeEach
  void serve() throws Exception {
    pod.serve(MiniLm.writeTo(folder), SETTINGS);
  }

  @Test
  void aTextGetsItsEmbeddingInOpenAisForm() throws Exception {
    for (var path : new String[] {PATH, "/openai/v1/embeddings"}) {
      var answer = post(path, "{'model': 'espresso', 'input': 'a cup of coffee'}");
      var json = PodClient.json(answer);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(json.get("object").asText()).isEqualTo("list");
      assertThat(json.get("model").asText()).isEqualTo("espresso");
      assertThat(json.at("/data/0/object").asText()).isEqualTo("embedding");
      assertThat(json.at("/data/0/index").asInt()).isZero();
      assertThat(json.at("/data/0/embedding")).hasSize(384);
      assertThat(json.at("/usage/prompt_tokens").asInt()).isEqualTo(6);
      assertThat(json.at("/usage/total_tokens").asInt()).isEqualTo(6);
    }
  }

  @Test
  void base64HoldsTheSameNumbers() throws Exception {
    var floats = embedding("{'model': 'espresso', 'input': ['tea']}");
    var base64 =
        embedding(
            "{'model': 'espresso', 'input': ['tea'], 'encoding_format': 'base64', 'dimensions':"
                + " 384, 'user': 'u'}");

    var values =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText()))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertThat(values.remaining()).isEqualTo(384);
    assertThat(values.get(7)).isEqualTo((float) floats.get(7).asDouble());
  }

  @Test
  void idsOfTokensAreTakenToo() throws Exception {
    var text = embedding("{'model': 'espresso', 'input': 'coffee'}");
    assertThat(embedding("{'model': 'espresso', 'input': [101, 4157, 102]}")).isEqualTo(text);
    assertThat(embedding("{'model': 'espresso', 'input': [[101, 4157, 102]]}")).isEqualTo(text);
  }

  @Test
  void theTasksOwnPathAnswersWithListsOfNumbers() throws Exception {
    var path = "/v1/tasks/feature-extraction";
    var one = PodClient.json(post(path, "{'inputs': 'coffee'}"));
    var two = PodClient.json(post(path, "{'inputs': ['coffee', 'tea']}"));

    assertThat(one).singleElement().satisfies(vector -> assertThat(vector).hasSize(384));
    assertThat(two).hasSize(2);
  }

  @Test
  void theModelIsListed() throws Exception {
    for (var prefix : new String[] {"/v1", "/openai/v1"}) {
      var list = new ObjectMapper().readTree(pod.get(prefix + "/models").body());
      assertThat(list.get("object").asText()).isEqualTo("list");
      assertThat(list.at("/data/0/id").asText()).isEqualTo("espresso");
      assertThat(pod.get(prefix + "/models/espresso").body()).contains("\"object\":\"model\"");
      assertThat(pod.get(prefix + "/models/tea").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedInOpenAisForm() throws Exception {
    assertRefused(400, "not valid JSON", "{'model': 'espresso', 'input': ");
    assertRefused(400, "JSON object", "[]");
    assertRefused(400, "goes on", "{'model': 'espresso', 'input': 'x'} {}");
    assertRefused(400, "'model'", "{'input': 'x'}");
    assertRefused(400, "'input'", "{'model': 'espresso'}");
    assertRefused(400, "is empty", "{'model': 'espresso', 'input': []}");
    assertRefused(400, "must be a string", "{'model': 'espresso', 'input': {}}");
    assertRefused(400, "must be a string", "{'model': 'espresso', 'input': ['x', 1]}");
    assertRefused(400, "must be a string", "{'model': 'espresso', 'input': [1.5]}");
    assertRefused(400, "must be a string", "{'model': 'espresso', 'input': [99999999999]}");
    assertRefused(400, "384 dimensions", "{'model': 'espresso', 'input': 'x', 'dimensions': 256}");
    assertRefused(
        400, "'float' or", "{'model': 'espresso', 'input': 'x', 'encoding_format': 'int8'}");
    assertRefused(404, "no model 'tea'", "{'model': 'tea', 'input': 'x'}");
  }

  @Test
  void moreThan2048InputsAreRefused() throws Exception {
    var inputs = "'x',".repeat(2048) + "'x'";
    assertRefused(400, "more than 2048", "{'model': 'espresso', 'input': [" + inputs + "]}");
  }

  @Test
  void withoutTheTaskThereAreNoEmbeddings() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
    assertRefused(404, "model.task", "{'model': 'espresso', 'input': 'x'}");
  }

  @Test
  void whenTheModelIsBusyAClientIsToldToComeBackAsByOpenAi() throws Exception {
    var impatient = new Settings(Task.FEATURE_EXTRACTION, null, 1, null, null, new Queue("1ms"));
    pod.serve(MiniLm.writeTo(folder), impatient);
    var text = "{'model': 'espresso', 'input': '" + "coffee ".repeat(200) + "'}";

    var answers = manyAtOnce(text);

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 429);
    for (var answer : answers) {
      if (answer.statusCode() == 429) {
        var error = PodClient.json(answer).get("error");
        assertThat(error.get("message").asText()).contains("busy");
        assertThat(error.get("type").asText()).isEqualTo("rate_limit_error");
        assertThat(error.get("code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      }
    }
  }

  private List<HttpResponse<byte[]>> manyAtOnce(String body) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<byte[]>> request = () -> post(PATH, body);
      var answers = new ArrayList<HttpResponse<byte[]>>();
      for (var answer : threads.invokeAll(Collections.nCopies(40, request))) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private void assertRefused(int status, String part, String body) throws Exception {
    var answer = post(PATH, body);
    var error = PodClient.json(answer).get("error");
    assertThat(answer.statusCode()).as(body).isEqualTo(status);
    assertThat(error.get("message").asText()).contains(part);
    assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.has("param")).isTrue();
    assertThat(error.has("code")).isTrue();
  }

  private JsonNode embedding(String body) throws Exception {
    return PodClient.json(post(PATH, body)).at("/data/0/embedding");
  }

  private HttpResponse<byte[]> post(String path, String body) throws Exception {
    return pod.post(path, body.replace('\'', '"').getBytes(UTF_8), null);
  }
}
