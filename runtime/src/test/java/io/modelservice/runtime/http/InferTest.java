package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inference by the Open Inference Protocol v2, as JSON and with binary tensors. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class InferTest {
  private static final String PATH = "/v2/models/espresso/infer";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PodClient pod = new PodClient();
  private String revision = "";

  @BeforeEach
  void serveSimple() throws Exception {
    if (pod.state().models().stream().noneMatch(model -> twoInputs(model.model()))) {
      pod.serve("simple", PodClient.DEFAULTS);
    }
    revision = pod.state().models().getFirst().revision();
  }

  private static boolean twoInputs(@Nullable ModelInfo model) {
    return model != null && model.inputs().size() == 2;
  }

  @Test
  void flatDataInJson() throws Exception {
    var answer =
        json(
            """
            {"id": "42", "inputs": [
              {"name": "INPUT0", "shape": [1, 16], "datatype": "INT32", "data": %s},
              {"name": "INPUT1", "shape": [1, 16], "datatype": "INT32", "data": %s}]}
            """
                .formatted(numbers(0), numbers(100)));

    assertThat(answer.get("model_name").asText()).isEqualTo("espresso");
    assertThat(answer.get("model_version").asText()).isEqualTo(revision);
    assertThat(answer.get("id").asText()).isEqualTo("42");
    assertThat(answer.at("/outputs/0/name").asText()).isEqualTo("OUTPUT0");
    assertThat(answer.at("/outputs/0/datatype").asText()).isEqualTo("INT32");
    assertThat(answer.at("/outputs/0/shape").toString()).isEqualTo("[1,16]");
    assertThat(answer.at("/outputs/0/data/3").asInt()).isEqualTo(106);
    assertThat(answer.at("/outputs/1/data/3").asInt()).isEqualTo(-100);
  }

  @Test
  void nestedDataBeforeItsShapeAndOneWantedOutput() throws Exception {
    var answer =
        json(
            """
            {"outputs": [{"name": "OUTPUT1"}], "inputs": [
              {"data": [%s, %s], "name": "INPUT1", "shape": [2, 16], "datatype": "INT32"},
              {"data": [[%s], %s], "name": "INPUT0", "shape": [2, 16], "datatype": "INT32"}]}
            """
                .formatted(numbers(1), numbers(2), numbers(3), numbers(7)));

    assertThat(answer.get("outputs")).hasSize(1);
    assertThat(answer.at("/outputs/0/name").asText()).isEqualTo("OUTPUT1");
    assertThat(answer.at("/outputs/0/shape").toString()).isEqualTo("[2,16]");
    assertThat(answer.at("/outputs/0/data/0").asInt()).isEqualTo(2);
    assertThat(answer.at("/outputs/0/data/31").asInt()).isEqualTo(5);
  }

  @Test
  void theVersionInThePathIsTheRevision() throws Exception {
    var body = bothInputs().getBytes(UTF_8);
    var named = pod.post("/v2/models/espresso/versions/" + revision + "/infer", body, null);
    var other = pod.post("/v2/models/espresso/versions/ffffffffff/infer", body, null);

    assertThat(named.statusCode()).isEqualTo(200);
    assertThat(named.headers().firstValue("X-ModelService-Revision")).hasValue(revision);
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(error(other)).contains("ffffffffff", revision);
  }

  @Test
  void binaryInAndBinaryOut() throws Exception {
    var header =
        """
        {"parameters": {"binary_data_output": true}, "inputs": [
          {"name": "INPUT0", "shape": [1, 16], "datatype": "INT32", "parameters": {"binary_data_size": 64}},
          {"name": "INPUT1", "shape": [1, 16], "datatype": "INT32", "parameters": {"binary_data_size": 64}}]}
        """;
    var answer = binary(header, 5, 2);
    var length = headerLength(answer);
    var outputs = JSON.readTree(answer.body(), 0, length);
    var data =
        ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
            .order(ByteOrder.LITTLE_ENDIAN);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(outputs.at("/outputs/0/parameters/binary_data_size").asInt()).isEqualTo(64);
    assertThat(data.remaining()).isEqualTo(128);
    assertThat(data.getInt()).isEqualTo(7);
    assertThat(data.getInt(length + 64)).isEqualTo(3);
  }

  @Test
  void binaryAndJsonInOneMessage() throws Exception {
    var header =
        """
        {"outputs": [{"name": "OUTPUT0", "parameters": {"binary_data": true}}, {"name": "OUTPUT1"}],
         "inputs": [
          {"name": "INPUT0", "shape": [1, 16], "datatype": "INT32", "data": %s},
          {"name": "INPUT1", "shape": [1, 16], "datatype": "INT32", "parameters": {"binary_data_size": 64}}]}
        """
            .formatted(numbers(1));
    var answer = binary(header, 9);
    var length = headerLength(answer);
    var outputs = JSON.readTree(answer.body(), 0, length);

    assertThat(outputs.at("/outputs/0/parameters/binary_data_size").asInt()).isEqualTo(64);
    assertThat(outputs.at("/outputs/1/data/15").asInt()).isEqualTo(7);
    assertThat(answer.body()).hasSize(length + 64);
  }

  @Test
  void rawBinaryTakesItsShapeFromItsSize() throws Exception {
    pod.serve("identity-fp32", PodClient.DEFAULTS);
    var answer = pod.post(PATH, new byte[12], 0);
    var length = headerLength(answer);
    assertThat(JSON.readTree(answer.body(), 0, length).at("/outputs/0/shape").toString())
        .isEqualTo("[3]");
    assertThat(answer.body()).hasSize(length + 12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bool   | BOOL  | [true,false,true]",
        "uint8  | UINT8 | [0,255]",
        "uint16 | UINT16 | [0,65535]",
        "uint32 | UINT32 | [0,4294967295]",
        "uint64 | UINT64 | [0,9223372036854775808,18446744073709551615]",
        "int8   | INT8  | [-128,127]",
        "int16  | INT16 | [-32768,32767]",
        "int64  | INT64 | [-9223372036854775808,9223372036854775807]",
        "fp32   | FP32  | [0.1,-3.4028235E38,\"NaN\",\"-Infinity\"]",
        "fp64   | FP64  | [0.1,1.7976931348623157E308,\"Infinity\"]",
        "bytes  | BYTES | [\"caffè\",\"\",\"a\\\"b\"]",
      })
  void elementsComeBackAsTheyWereSent(String model, String datatype, String data) throws Exception {
    pod.serve("identity-" + model, PodClient.DEFAULTS);
    var count = JSON.readTree(data).size();
    var answer =
        json(
            "{\"inputs\":[{\"name\":\"in\",\"datatype\":\"%s\",\"shape\":[%d],\"data\":%s}]}"
                .formatted(datatype, count, data));
    assertThat(answer.at("/outputs/0/data")).isEqualTo(JSON.readTree(data));
  }

  @Test
  void stringsInBinaryForm() throws Exception {
    pod.serve("identity-bytes", PodClient.DEFAULTS);
    var header =
        "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"in\",\"datatype\":"
            + "\"BYTES\",\"shape\":[2],\"parameters\":{\"binary_data_size\":11}}]}";
    var strings =
        ByteBuffer.allocate(11)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(2)
            .put("ab".getBytes(UTF_8))
            .putInt(1)
            .put("c".getBytes(UTF_8))
            .array();
    var answer = pod.post(PATH, joined(header, strings), header.getBytes(UTF_8).length);
    var length = headerLength(answer);
    assertThat(ByteBuffer.wrap(answer.body(), length, 11)).isEqualTo(ByteBuffer.wrap(strings));
  }

  @Test
  void halfPrecisionHasNoJsonForm() throws Exception {
    pod.serve("identity-fp16", PodClient.DEFAULTS);
    var answer =
        pod.post(
            PATH,
            "{\"inputs\":[{\"name\":\"in\",\"datatype\":\"FP16\",\"shape\":[1],\"data\":[1]}]}"
                .getBytes(UTF_8),
            null);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).contains("FP16", "binary");
  }

  private static String numbers(int first) {
    return IntStream.range(first, first + 16).boxed().toList().toString();
  }

  static String bothInputs() {
    return """
        {"inputs": [
          {"name": "INPUT0", "shape": [1, 16], "datatype": "INT32", "data": %s},
          {"name": "INPUT1", "shape": [1, 16], "datatype": "INT32", "data": %s}]}
        """
        .formatted(numbers(1), numbers(2));
  }

  private JsonNode json(String body) throws IOException, InterruptedException {
    var answer = pod.post(PATH, body.getBytes(UTF_8), null);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return PodClient.json(answer);
  }

  /** Sends rows of 16 equal integers after a header. */
  private HttpResponse<byte[]> binary(String header, int... rows)
      throws IOException, InterruptedException {
    var data = ByteBuffer.allocate(rows.length * 64).order(ByteOrder.LITTLE_ENDIAN);
    for (var row : rows) {
      IntStream.range(0, 16).forEach(i -> data.putInt(row));
    }
    return pod.post(PATH, joined(header, data.array()), header.getBytes(UTF_8).length);
  }

  private static byte[] joined(String header, byte[] data) {
    var text = header.getBytes(UTF_8);
    return ByteBuffer.allocate(text.length + data.length).put(text).put(data).array();
  }

  private static int headerLength(HttpResponse<byte[]> answer) {
    return answer
        .headers()
        .firstValue("Inference-Header-Content-Length")
        .map(Integer::parseInt)
        .orElseThrow();
  }

  private static String error(HttpResponse<byte[]> answer) throws IOException {
    return PodClient.json(answer).get("error").asText();
  }
}
