package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tasks text-classification and text-ranking, and rerank by the common API. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class TextTasksTest {
  private static final String CLASSIFY = "/v1/tasks/text-classification";
  private static final String DOCUMENTS =
      "'query': 'hot coffee', 'documents': ['a node', {'text': 'the coffee is hot', 'id': 7}]";

  private final PodClient pod = new PodClient();

  @Test
  void eachTextGetsItsLabels() throws Exception {
    serve("opinions", Task.TEXT_CLASSIFICATION);
    var one = PodClient.json(post(CLASSIFY, "{'inputs': 'lovely coffee'}"));
    var two = PodClient.json(post(CLASSIFY, "{'inputs': ['lovely coffee', 'where?']}"));

    assertThat(one).hasSize(1);
    assertThat(one.get(0)).hasSize(3);
    assertThat(one.at("/0/0/score").floatValue()).isGreaterThan(one.at("/0/1/score").floatValue());
    assertThat(two).hasSize(2);
    assertThat(two.get(0)).isEqualTo(one.get(0));
  }

  @Test
  void whatIsNoTextIsRefused() throws Exception {
    serve("opinions", Task.TEXT_CLASSIFICATION);
    for (var body : new String[] {"{'inputs': 3}", "{'inputs': [[1]]}", "{}", "{'inputs': []}"}) {
      var answer = post(CLASSIFY, body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(PodClient.json(answer).get("error").asText()).contains("inputs");
    }
  }

  @Test
  void theBestDocumentComesFirst() throws Exception {
    serve("relevance", Task.TEXT_RANKING);
    for (var path : new String[] {"/v1/rerank", "/openai/v1/rerank", "/v1/tasks/text-ranking"}) {
      var answer = PodClient.json(post(path, "{'model': 'espresso', " + DOCUMENTS + "}"));

      assertThat(indices(answer)).containsExactly(1, 0);
      assertThat(answer.at("/model").asText()).isEqualTo("espresso");
      assertThat(answer.at("/results/0/relevance_score").floatValue()).isBetween(0f, 1f);
      assertThat(answer.at("/results/0/document").isMissingNode()).isTrue();
      assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(16);
    }
  }

  @Test
  void theBestAloneComeWithTheirTextsIfTheClientWants() throws Exception {
    serve("relevance", Task.TEXT_RANKING);
    var answer =
        PodClient.json(
            post("/v1/rerank", "{'top_n': 1, 'return_documents': true, " + DOCUMENTS + "}"));

    assertThat(indices(answer)).containsExactly(1);
    assertThat(answer.at("/results/0/document/text").asText()).isEqualTo("the coffee is hot");
  }

  @Test
  void aRankingThatMakesNoSenseIsRefusedInOpenAisForm() throws Exception {
    serve("relevance", Task.TEXT_RANKING);
    assertRefused(400, "'query'", "{'documents': ['x']}");
    assertRefused(400, "'documents'", "{'query': 'x'}");
    assertRefused(400, "'documents'", "{'query': 'x', 'documents': []}");
    assertRefused(400, "'documents'", "{'query': 'x', 'documents': 'x'}");
    assertRefused(400, "'documents'", "{'query': 'x', 'documents': [3]}");
    assertRefused(400, "no 'text'", "{'query': 'x', 'documents': [{'title': 'x'}]}");
    assertRefused(400, "'top_n'", "{'top_n': 0, " + DOCUMENTS + "}");
    assertRefused(400, "'return_documents'", "{'return_documents': 'yes', " + DOCUMENTS + "}");
    assertRefused(404, "no model 'tea'", "{'model': 'tea', " + DOCUMENTS + "}");
  }

  private void assertRefused(int status, String part, String body) throws Exception {
    var answer = post("/v1/rerank", body);
    assertThat(answer.statusCode()).as(body).isEqualTo(status);
    assertThat(PodClient.json(answer).at("/error/message").asText()).contains(part);
  }

  private static List<Integer> indices(JsonNode answer) {
    return answer.get("results").valueStream().map(result -> result.get("index").asInt()).toList();
  }

  private void serve(String model, Task task) throws Exception {
    pod.serve(model, Settings.of(task));
  }

  private HttpResponse<byte[]> post(String path, String body) throws Exception {
    return pod.post(path, body.replace('\'', '"').getBytes(UTF_8), null);
  }
}
