package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client of KServe's first protocol gets predictions. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class PredictTest {
  private final PodClient pod = new PodClient();

  @Test
  void aModelWithOneInputTakesTheValuesThemselves() throws Exception {
    pod.serve("identity-fp32", PodClient.DEFAULTS);

    assertThat(predict("{\"instances\": [1.5, 2, -3e-1]}", 200).toString())
        .isEqualTo("{\"predictions\":[1.5,2.0,-0.3]}");
  }

  @Test
  void aModelWithSeveralInputsTakesARowAsAnObject() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);

    var row = "{\"INPUT0\": %s, \"INPUT1\": %s}";
    var answer =
        predict(
            "{\"instances\": [%s, %s]}"
                .formatted(
                    row.formatted(numbers(1), numbers(2)), row.formatted(numbers(3), numbers(3))),
            200);

    assertThat(answer.at("/predictions/0/OUTPUT0/0").asInt()).isEqualTo(3);
    assertThat(answer.at("/predictions/0/OUTPUT1/15").asInt()).isEqualTo(-1);
    assertThat(answer.at("/predictions/1/OUTPUT0/1").asInt()).isEqualTo(8);
    assertThat(answer.get("predictions")).hasSize(2);
  }

  @Test
  void columnsAreTakenAsWell() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);

    var answer =
        predict(
            "{\"inputs\": {\"INPUT0\": [%s], \"INPUT1\": [%s]}}".formatted(numbers(1), numbers(2)),
            200);

    assertThat(answer.at("/predictions/0/OUTPUT0/0").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                      | either \"instances\" or \"inputs\"",
        "{\"instances\": 5}                      | must be a JSON array",
        "{\"instances\": [1, 2]}                 | send objects with the names of the inputs",
        "{\"instances\": [{\"INPUT0\": [1]}]}    | input 'INPUT1' is missing",
        "{\"instances\": [                       | not valid JSON",
        "{\"inputs\": {\"INPUT0\": [[1],[]], \"INPUT1\": [[1]]}} | rows of different lengths",
        "{\"inputs\": {\"INPUT0\": [[\"a\"]], \"INPUT1\": [[1]]}} | not a whole number",
      })
  void aMistakeIsToldInALine(String body, String part) throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);

    assertThat(predict(body, 400).get("error").asText()).contains(part);
  }

  private JsonNode predict(String body, int status) throws Exception {
    var answer = pod.post("/v1/models/espresso:predict", body.getBytes(UTF_8), null);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    return PodClient.json(answer);
  }

  private static String numbers(int from) {
    return IntStream.range(from, from + 16).boxed().toList().toString();
  }
}
