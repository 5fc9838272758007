package io.modelservice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.e2e.client.Endpoint;
import io.modelservice.e2e.client.HugeBody;
import io.modelservice.e2e.client.InferenceRequest;
import io.modelservice.e2e.client.Tensor;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A client that makes a mistake learns which one in a line, and the server goes on. */
@OnCluster
@Tag("skeleton")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestE2E {
  private static final long GIGABYTE = 1L << 30;
  private static final int[] ROW = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  private static final List<Tensor> RIGHT =
      List.of(Tensor.ints("INPUT0", ROW), Tensor.ints("INPUT1", ROW));

  static final List<Arguments> MISTAKES =
      List.of(
          mistake(
              "a wrong input name",
              InferenceRequest.json(List.of(RIGHT.get(0), Tensor.ints("INPUT9", ROW))),
              "INPUT9"),
          mistake(
              "a wrong datatype",
              InferenceRequest.json(
                  List.of(RIGHT.get(0), Tensor.noise("INPUT1", 1, List.of(1L, 16L)))),
              "FP32"),
          mistake(
              "a wrong shape",
              InferenceRequest.json(
                  List.of(RIGHT.get(0), Tensor.ints("INPUT1", Arrays.copyOf(ROW, 8)))),
              "shape"),
          mistake(
              "too few elements",
              InferenceRequest.json(
                  """
                  {"inputs": [
                    {"name": "INPUT0", "datatype": "INT32", "shape": [1, 16], "data": [1, 2, 3]},
                    {"name": "INPUT1", "datatype": "INT32", "shape": [1, 16], "data": [1, 2, 3]}]}
                  """),
              "INPUT0"),
          mistake("a binary tensor that is cut off", cutOff(), "INPUT1"),
          mistake("a body that is no JSON", InferenceRequest.json("inputs: none"), "JSON"),
          mistake("a missing input", InferenceRequest.json(RIGHT.subList(0, 1)), "INPUT1"));

  private static Arguments mistake(String what, InferenceRequest request, String evidence) {
    return Arguments.of(what, request, evidence);
  }

  private static InferenceRequest cutOff() {
    var whole = InferenceRequest.binary(RIGHT);
    var body = Arrays.copyOf(whole.body(), whole.body().length - 5);
    return new InferenceRequest(body, whole.headerLength());
  }

  private final Space space;
  private List<String> processes = List.of();

  BadRequestE2E(Space space) {
    this.space = space;
  }

  @BeforeAll
  void aServiceIsReady() {
    space.apply("calculator", Models.SIMPLE);
    space.apply("espresso", Models.EFFICIENTNET);
    space.awaitReady("calculator");
    space.awaitReady("espresso");
    processes = processes();
  }

  @AfterEach
  void theServersGoOn() {
    assertThat(processes()).isEqualTo(processes);
    assertThat(calculator().outputs(InferenceRequest.json(RIGHT)).getFirst().values()[15])
        .isEqualTo(32);
  }

  private List<String> processes() {
    var both = new ArrayList<>(space.processes("calculator"));
    both.addAll(space.processes("espresso"));
    return both;
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("MISTAKES")
  void aMistakeIsRefusedInOneLine(String what, InferenceRequest request, String evidence) {
    assertRefused(calculator().infer(request), 400, evidence);
  }

  @Test
  void aModelOfAnotherNameIsNotFound() {
    var stranger = new Endpoint(calculator().address(), "stranger");

    assertRefused(stranger.infer(InferenceRequest.json(RIGHT)), 404, "stranger");
  }

  @Test
  void aTaskThatIsNotTurnedOnIsNotFound() {
    assertRefused(calculator().classify(new byte[] {1, 2, 3}), 404, "image-classification");
  }

  @Test
  void whatIsNoImageIsRefused() {
    var text = "a picture of an espresso".getBytes(UTF_8);

    assertRefused(space.endpoint("espresso").classify(text), 400, "image");
  }

  @Test
  void aBodyOfAGigabyteIsRefusedWhileItComes() {
    var answer = HugeBody.post(calculator().address(), "/v2/models/calculator/infer", GIGABYTE);

    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("{\"error\":\"").contains("limit");
  }

  private Endpoint calculator() {
    return space.endpoint("calculator");
  }

  private static void assertRefused(HttpResponse<byte[]> answer, int status, String evidence) {
    var body = new String(answer.body(), UTF_8);
    assertThat(answer.statusCode()).as(body).isEqualTo(status);
    assertThat(Endpoint.json(answer.body()).path("error").asText())
        .contains(evidence)
        .doesNotContain("\n")
        .hasSizeLessThan(500);
  }
}
