package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.MiniLm;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A developer reads the document of the model, or lets a program write the client. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INFER = "/v2/models/espresso/infer";

  private final PodClient pod = new PodClient();

  @Test
  void theDocumentNamesTheModelAndItsTensors() throws Exception {
    var revision = pod.serve("simple", PodClient.DEFAULTS);
    var document = document();

    assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.at("/info/title").asText()).isEqualTo("espresso");
    assertThat(document.at("/info/version").asText()).isEqualTo(revision);
    assertThat(names(document.get("paths")))
        .containsExactlyInAnyOrder(
            INFER,
            "/v1/models/espresso:predict",
            "/v2",
            "/v2/models/espresso",
            "/v2/models/espresso/config",
            "/v2/models/espresso/stats",
            "/v2/models/espresso/ready",
            "/v2/health/live",
            "/v2/health/ready",
            "/v2/repository/index");
    var second = document.at("/components/schemas/InferRequest/properties/inputs/items/oneOf/1");
    assertThat(second.at("/properties/name/const").asText()).isEqualTo("INPUT1");
    assertThat(second.at("/properties/datatype/const").asText()).isEqualTo("INT32");
    assertThat(second.at("/properties/shape/prefixItems/1/const").asInt()).isEqualTo(16);
    assertThat(second.at("/properties/data/items/anyOf/0/minimum").asLong())
        .isEqualTo(Integer.MIN_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "colours,     IMAGE_CLASSIFICATION,     image-classification",
    "averages,    IMAGE_FEATURE_EXTRACTION, image-feature-extraction",
    "hum-or-hiss, AUDIO_CLASSIFICATION,     audio-classification",
    "loudness,    VOICE_ACTIVITY_DETECTION, voice-activity-detection",
    "opinions,    TEXT_CLASSIFICATION,      text-classification",
    "relevance,   TEXT_RANKING,             text-ranking",
  })
  void onlyTheTaskOfTheModelIsThereAndItsExamplesWork(String model, Task task, String path)
      throws Exception {
    pod.serve(model, Settings.of(task));
    var document = document();

    assertThat(names(document.get("paths")))
        .filteredOn(name -> name.startsWith("/v1/tasks/"))
        .containsExactly("/v1/tasks/" + path);
    assertWhole(document);
    assertExamplesWork(document);
  }

  @Test
  void theExamplesOfOpenAisPathsWork(@TempDir Path folder) throws Exception {
    pod.serve(MiniLm.writeTo(folder), Settings.of(Task.FEATURE_EXTRACTION));
    var document = document();

    assertThat(names(document.get("paths")))
        .contains("/v1/embeddings", "/v1/tasks/feature-extraction");
    assertExamplesWork(document);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simple",
        "nonzero",
        "external",
        "identity-bool",
        "identity-bytes",
        "identity-fp16",
        "identity-bf16",
        "identity-fp32",
        "identity-fp64",
        "identity-int8",
        "identity-int16",
        "identity-int32",
        "identity-int64",
        "identity-uint8",
        "identity-uint16",
        "identity-uint32",
        "identity-uint64"
      })
  void theExamplesOfTensorsWork(String model) throws Exception {
    pod.serve(model, PodClient.DEFAULTS);
    var document = document();

    assertWhole(document);
    assertExamplesWork(document);
  }

  @Test
  void whatHasNoJsonFormIsSentAsBinaryOnly() throws Exception {
    pod.serve("identity-fp16", PodClient.DEFAULTS);
    var paths = document().get("paths");

    assertThat(names(paths.get(INFER).at("/post/requestBody/content")))
        .containsExactly("application/octet-stream");
    assertThat(names(paths)).doesNotContain("/v1/models/espresso:predict");
  }

  /** Every reference leads somewhere, every operation has a name of its own and answers. */
  private static void assertWhole(JsonNode document) {
    for (var reference : document.findValuesAsText("$ref")) {
      assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
    var operations = new ArrayList<JsonNode>();
    document.get("paths").forEach(path -> path.forEach(operations::add));
    assertThat(operations).allSatisfy(each -> assertThat(each.get("responses")).isNotEmpty());
    assertThat(operations.stream().map(each -> each.get("operationId").asText()))
        .doesNotHaveDuplicates()
        .doesNotContainNull();
  }

  private void assertExamplesWork(JsonNode document) throws Exception {
    for (var path : document.get("paths").properties()) {
      var operation = path.getValue();
      if (operation.has("get")) {
        assertThat(pod.get(path.getKey()).statusCode()).as(path.getKey()).isEqualTo(200);
        continue;
      }
      var body = operation.at("/post/requestBody");
      var reference = body.path("$ref").asText();
      var content = (reference.isEmpty() ? body : document.at(reference.substring(1)));
      var example = content.at("/content/application~1json/example");
      if (!example.isMissingNode()) {
        var answer = pod.post(path.getKey(), example.toString().getBytes(UTF_8), null);
        assertThat(answer.statusCode())
            .as("%s %s: %s", path.getKey(), example, new String(answer.body(), UTF_8))
            .isEqualTo(200);
      }
    }
  }

  private JsonNode document() throws Exception {
    var answer = pod.get("/openapi.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(field -> field.getKey()).toList();
  }
}
