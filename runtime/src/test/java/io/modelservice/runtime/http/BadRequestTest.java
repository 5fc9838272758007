package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad requests get one line that says why, and the pod goes on answering. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class BadRequestTest {
  private static final String PATH = "/v2/models/espresso/infer";

  private final PodClient pod = new PodClient();

  @BeforeEach
  void serve() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
  }

  @AfterEach
  void thePodStillAnswers() throws Exception {
    var answer = pod.post(PATH, InferTest.bothInputs().getBytes(UTF_8), null);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "INPUT0                | INPUT9              | has no input 'INPUT9'; it has INPUT0, INPUT1",
        "INPUT1                | INPUT0              | input 'INPUT0' is given twice",
        "\"INT32\"             | \"FP32\"            | input 'INPUT0' is INT32, not FP32",
        "\"INT32\"             | \"FLOAT\"           | 'FLOAT' is not a datatype",
        "[1, 16]               | [1, 15]             | has the shape [-1, 16], not [1, 15]",
        "[1, 16]               | [16]                | has the shape [-1, 16], not [16]",
        "[1, 16]               | [-1, 16]            | negative dimension",
        "[1, 16]               | [2, 16]             | fewer elements than its shape [2, 16]",
        "[1, 16]               | [576460752303423488, 16] | too many elements",
        "[1, 16]               | [1000000, 16]       | fewer elements than its shape",
        "[1, 2,                | [1, 2, 9,           | more elements than its shape",
        "[1, 2,                | [1, 2.5,            | not a whole number",
        "[1, 2,                | [1, 3000000000,     | out of the range of INT32",
        "[1, 2,                | [1, true,           | not a whole number",
        "\"shape\"             | \"shapes\"          | needs name, datatype, shape and data",
        "\"inputs\"            | \"input\"           | has no inputs",
        "}]}                   | }]                  | not valid JSON",
        "}]}                   | }]} {}              | goes on after",
        "{\"inputs\":          | {\"outputs\":[{\"name\":\"X\"}],\"inputs\": | no output 'X'; it has",
        "{\"inputs\":          | [                   | must be a JSON object",
      })
  void isRefusedWithOneLine(String part, String replacement, String reason) throws Exception {
    var body = InferTest.bothInputs().replaceFirst(Pattern.quote(part), replacement);
    assertRefused(PATH, body, 400, reason);
  }

  @Test
  void anotherModelIsNotHere() throws Exception {
    assertRefused("/v2/models/latte/infer", InferTest.bothInputs(), 404, "no model 'latte' here");
  }

  @Test
  void anotherPathIsNotHere() throws Exception {
    assertThat(pod.get("/v3/models").statusCode()).isEqualTo(404);
    assertThat(pod.get("/v3/models").body())
        .contains("\"error\":\"there is no GET /v3/models here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "64 | 63 | should have 64 bytes of binary data, the body has only 63 left",
        "64 | 70 | 6 bytes that belong to no input",
        "60 | 60 | takes 64 bytes, not 60",
      })
  void binaryDataOfAWrongSizeIsRefused(int said, int sent, String reason) throws Exception {
    var header =
        """
        {"inputs": [{"name": "INPUT0", "shape": [1, 16], "datatype": "INT32",
          "parameters": {"binary_data_size": %d}}]}
        """
            .formatted(said);
    var body = header + "x".repeat(sent);
    var answer = pod.post(PATH, body.getBytes(UTF_8), header.length());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(PodClient.json(answer).get("error").asText()).contains(reason);
  }

  @Test
  void aHeaderLengthBeyondTheBodyIsRefused() throws Exception {
    var answer = pod.post(PATH, "{}".getBytes(UTF_8), 9);
    assertThat(PodClient.json(answer).get("error").asText()).contains("only 2 bytes");
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
    var answer = exchange("Content-Length: 1073741824\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413").contains("larger than the limit of 4194304");
  }

  @Test
  void aBodyThatGrowsTooLargeIsRefusedWhileItIsRead() throws IOException {
    var chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
    var answer = exchange("Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(6));
    assertThat(answer).startsWith("HTTP/1.1 413").contains("larger than the limit of 4194304");
  }

  @Test
  void aClientThatLeavesInTheMiddleOfItsBodyHarmsNobody() throws IOException {
    try (var socket = new Socket("localhost", pod.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{\"inp")
                  .getBytes(UTF_8));
    }
  }

  /** Sends a request by hand and reads status line, headers and body up to the first brace. */
  private String exchange(String rest) throws IOException {
    try (var socket = new Socket("localhost", pod.port())) {
      socket.setSoTimeout(10_000);
      var out = socket.getOutputStream();
      out.write(("POST " + PATH + " HTTP/1.1\r\nHost: x\r\n" + rest).getBytes(UTF_8));
      out.flush();
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      var answer = new StringBuilder();
      for (var c = in.read(); c >= 0 && c != '}'; c = in.read()) {
        answer.append((char) c);
      }
      return answer.toString();
    }
  }

  private void assertRefused(String path, String body, int status, String reason)
      throws IOException, InterruptedException {
    var answer = pod.post(path, body.getBytes(UTF_8), null);
    var text = new String(answer.body(), UTF_8);
    assertThat(answer.statusCode()).as(text).isEqualTo(status);
    var error = new ObjectMapper().readTree(text).get("error").asText();
    assertThat(error).contains(reason).doesNotContain("\n");
  }
}
