package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client on a thin line compresses what it sends and asks for compressed answers. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GzipTest {
  private static final int MANY = 500;

  private final PodClient pod = new PodClient();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void serve() throws Exception {
    pod.serve("identity-fp32", PodClient.DEFAULTS);
  }

  @AfterEach
  void thePodStillAnswers() throws Exception {
    assertThat(send(numbers(1).getBytes(UTF_8)).statusCode()).isEqualTo(200);
  }

  @Test
  void aCompressedRequestIsAnsweredAsAPlainOne() throws Exception {
    var answer = send(gzip(numbers(MANY)), "Content-Encoding", "gzip");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(send(numbers(MANY).getBytes(UTF_8)).body());
  }

  @Test
  void binaryTensorsMayBeCompressedToo() throws Exception {
    var header =
        """
        {"inputs": [{"name": "in", "shape": [2], "datatype": "FP32",
          "parameters": {"binary_data_size": 8}}]}
        """;
    var body = gzip(header + "\0\0\0\0\0\0\0\0");
    var length = "Inference-Header-Content-Length";
    var answer = send(body, "Content-Encoding", "gzip", length, "" + header.length());

    assertThat(PodClient.json(answer).at("/outputs/0/data").toString()).isEqualTo("[0.0,0.0]");
  }

  @Test
  void aBodyThatInflatesBeyondTheLimitIsRefused() throws Exception {
    var bomb = gzip("0".repeat(200 << 20));
    var answer = send(bomb, "Content-Encoding", "gzip");

    assertThat(bomb).hasSizeLessThan(1 << 20);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(error(answer)).contains("larger than the limit of 4194304 bytes");
  }

  @Test
  void damagedBytesAreRefused() throws Exception {
    var whole = gzip(numbers(MANY));
    for (var damaged : new byte[][] {Arrays.copyOf(whole, 50), "plain".getBytes(UTF_8), {}}) {
      var answer = send(damaged, "Content-Encoding", "gzip");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(error(answer)).contains("damaged or no gzip");
    }
  }

  @Test
  void anotherEncodingIsRefused() throws Exception {
    var answer = send(new byte[] {1}, "Content-Encoding", "br");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(error(answer)).contains("gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, GZIP;q=0.5", "br;q=1.0, gzip ; q=0.8, *;q=0.1"})
  void whoAsksGetsALargeAnswerCompressed(String accepted) throws Exception {
    var body = numbers(MANY).getBytes(UTF_8);
    var answer = send(body, "Accept-Encoding", accepted);

    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(gunzip(answer.body())).isEqualTo(send(body).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "deflate, br", "gzip;q=0", "gzip; q=0.00"})
  void whoDoesNotAskGetsItPlain(String accepted) throws Exception {
    var answer = send(numbers(MANY).getBytes(UTF_8), "Accept-Encoding", accepted);

    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(PodClient.json(answer).at("/outputs/0/shape/0").asInt()).isEqualTo(MANY);
  }

  @Test
  void aSmallAnswerStaysPlain() throws Exception {
    var answer = send(numbers(1).getBytes(UTF_8), "Accept-Encoding", "gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
  }

  private static String numbers(int count) {
    return "{\"inputs\": [{\"name\": \"in\", \"shape\": [%d], \"datatype\": \"FP32\", \"data\": %s}]}"
        .formatted(count, Collections.nCopies(count, 0.25));
  }

  private HttpResponse<byte[]> send(byte[] body, String... headers)
      throws IOException, InterruptedException {
    var uri = URI.create("http://localhost:" + pod.port() + "/v2/models/espresso/infer");
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String error(HttpResponse<byte[]> answer) throws IOException {
    return PodClient.json(answer).get("error").asText();
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] gunzip(byte[] bytes) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }
}
