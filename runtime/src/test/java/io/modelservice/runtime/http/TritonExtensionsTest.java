package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes from Triton finds its extensions. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class TritonExtensionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PodClient pod = new PodClient();
  private String revision = "";

  @BeforeEach
  void serve() throws Exception {
    revision = pod.serve("simple", PodClient.DEFAULTS);
  }

  @Test
  void theRepositoryIndexNamesTheRevisionThatAnswers() throws Exception {
    var answer = pod.post("/v2/repository/index", "{}".getBytes(UTF_8), null);

    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(
            "[{\"name\":\"espresso\",\"version\":\"%s\",\"state\":\"READY\",\"reason\":\"\"}]"
                .formatted(revision));
  }

  @Test
  void theConfigurationIsThatOfTheFile() throws Exception {
    var config = get("/v2/models/espresso/config");

    assertThat(config.get("name").asText()).isEqualTo("espresso");
    assertThat(config.get("max_batch_size").asInt()).isZero();
    assertThat(config.at("/input/0").toString())
        .isEqualTo("{\"name\":\"INPUT0\",\"data_type\":\"TYPE_INT32\",\"dims\":[-1,16]}");
    assertThat(config.at("/instance_group/0/count").asInt()).isPositive();
    assertThat(config.at("/instance_group/0/kind").asText()).isEqualTo("KIND_CPU");
    assertThat(config.get("dynamic_batching").toString())
        .isEqualTo("{\"priority_levels\":3,\"default_priority_level\":2}");
  }

  @Test
  void statisticsCountInferencesAndTheirTime() throws Exception {
    assertThat(infer("[2, 16]", "").statusCode()).isEqualTo(200);
    pod.post("/v2/models/espresso/infer", "{".getBytes(UTF_8), null);

    await().untilAsserted(this::assertCounted); // an answer is counted after it is sent
    assertThat(get("/v2/models/stats").get("model_stats")).hasSize(1);
  }

  private void assertCounted() throws Exception {
    var stats = get("/v2/models/espresso/versions/" + revision + "/stats").at("/model_stats/0");
    assertThat(stats.get("version").asText()).isEqualTo(revision);
    assertThat(stats.get("inference_count").asInt()).isEqualTo(2);
    assertThat(stats.get("execution_count").asInt()).isEqualTo(1);
    assertThat(stats.get("last_inference").asLong()).isPositive();
    assertThat(stats.at("/inference_stats/success/count").asInt()).isEqualTo(1);
    assertThat(stats.at("/inference_stats/fail/count").asInt()).isEqualTo(1);
    assertThat(stats.at("/inference_stats/compute_infer/ns").asLong())
        .isPositive()
        .isLessThan(stats.at("/inference_stats/success/ns").asLong());
  }

  @Test
  void theBestClassesComeInPlaceOfATensor() throws Exception {
    var answer =
        infer(
            "[2, 16]",
            ", \"outputs\": [{\"name\": \"OUTPUT0\", \"parameters\": {\"classification\": 2}}]");

    var output = PodClient.json(answer).at("/outputs/0");
    assertThat(output.get("datatype").asText()).isEqualTo("BYTES");
    assertThat(output.get("shape").toString()).isEqualTo("[2,2]");
    assertThat(output.get("data").toString())
        .isEqualTo("[\"30.000000:15\",\"28.000000:14\",\"62.000000:15\",\"60.000000:14\"]");
  }

  private HttpResponse<byte[]> infer(String shape, String more) throws Exception {
    var data = IntStream.range(0, 32).boxed().toList();
    var input = "{\"name\": \"INPUT%d\", \"shape\": %s, \"datatype\": \"INT32\", \"data\": %s}";
    var body =
        "{\"inputs\": [%s, %s]%s}"
            .formatted(input.formatted(0, shape, data), input.formatted(1, shape, data), more);
    return pod.post("/v2/models/espresso/infer", body.getBytes(UTF_8), null);
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(pod.get(path).body());
  }
}
