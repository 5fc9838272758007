package io.modelservice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelservice.e2e.client.Endpoint;
import io.modelservice.e2e.client.InferenceRequest;
import io.modelservice.e2e.client.Reference;
import io.modelservice.e2e.client.Tensor;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user applies a few lines of YAML and gets correct answers from a trained model. */
@OnCluster
@Tag("skeleton")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServingE2E {
  private static final double TENSOR_TOLERANCE = 1e-5;
  private static final double SCORE_TOLERANCE = 0.02;

  private final Space space;
  private final Path artifact;
  private final JsonNode vectors;
  private final Reference reference;
  private final List<Tensor> noise = List.of(Tensor.noise("image", 7, List.of(1L, 3L, 224L, 224L)));

  ServingE2E(Space space) throws IOException {
    this.space = space;
    this.artifact = space.cluster().settings().samples().resolve("efficientnet-lite0");
    this.vectors =
        new JsonMapper()
            .readTree(
                space
                    .cluster()
                    .settings()
                    .root()
                    .resolve("deploy/samples/models/vectors.json")
                    .toFile());
    this.reference = Reference.load(artifact.resolve("model.onnx"));
  }

  @BeforeAll
  void aUserAppliesAService() {
    space.apply("espresso", Models.EFFICIENTNET);
    space.awaitReady("espresso");
  }

  @AfterAll
  void close() {
    reference.close();
  }

  @Test
  void tensorsInJsonAreThoseOfOnnxRuntime() {
    var answer = espresso().outputs(InferenceRequest.json(noise));

    assertSame(answer, reference.run(noise));
  }

  @Test
  void tensorsInBinaryFormAreThoseOfOnnxRuntime() {
    var answer = espresso().outputs(InferenceRequest.binary(noise));

    assertSame(answer, reference.run(noise));
  }

  @Test
  void aBatchIsAnsweredAsAWhole() {
    var batch = List.of(Tensor.noise("image", 11, List.of(3L, 3L, 224L, 224L)));

    var answer = espresso().outputs(InferenceRequest.binary(batch));

    assertSame(answer, reference.run(batch));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coffee.png", "chelsea.png", "camera.png", "astronaut.png", "rocket.jpg"})
  void aPhotoGetsTheLabelsThatPillowAndOnnxRuntimeGive(String photo) throws IOException {
    var image =
        Files.readAllBytes(space.cluster().settings().samples().resolve("photos").resolve(photo));
    var expected = vectors.path("photos").path(photo).path("top");

    var scores = espresso().scores(image);

    assertThat(scores).hasSize(expected.size());
    assertThat(scores.getFirst().label()).isEqualTo(expected.path(0).path("label").asText());
    for (var i = 0; i < scores.size(); i++) {
      assertThat(scores.get(i).score())
          .as("score %d of %s", i, photo)
          .isCloseTo(expected.path(i).path("score").asDouble(), within(SCORE_TOLERANCE));
    }
  }

  @Test
  void aCupOfCoffeeIsAnEspresso() throws IOException {
    var photo = space.cluster().settings().samples().resolve("photos/coffee.png");

    var best = espresso().scores(Files.readAllBytes(photo)).getFirst();

    assertThat(best.label()).isEqualTo("espresso");
    assertThat(best.score()).isGreaterThan(0.9);
  }

  @Test
  void theModelDescribesItself() {
    var metadata = Endpoint.json(espresso().get("/v2/models/espresso").body());

    assertThat(metadata.path("name").asText()).isEqualTo("espresso");
    assertThat(metadata.path("inputs").path(0).path("datatype").asText()).isEqualTo("FP32");
    assertThat(metadata.path("versions").path(0).asText())
        .isEqualTo(space.stable("espresso").revision());
  }

  @Test
  void kubectlGetMsShowsOneTrueRow() {
    var lines = space.kubectl("get", "ms", "espresso").lines().toList();

    assertThat(lines.getFirst().split("\\s+"))
        .containsExactly(
            "NAME", "READY", "STATUS", "REPLICAS", "REVISION", "ROLLOUT", "URL", "AGE");
    assertThat(lines.get(1).split("\\s+"))
        .startsWith("espresso", "True", "Ready", "1")
        .contains("UpToDate", "http://espresso." + space.name() + ".svc.cluster.local");
  }

  @Test
  void theStatusNamesTheModelAndHowToReachIt() throws IOException {
    var status = space.get("espresso").getStatus();
    var stable = space.stable("espresso");
    var model = requireNonNull(status.model());

    assertThat(status.replicas()).isEqualTo(1);
    assertThat(status.readyReplicas()).isEqualTo(1);
    assertThat(stable.revision()).matches("[0-9a-f]{10}");
    assertThat(stable.digest()).matches("sha256:[0-9a-f]{64}");
    assertThat(model.digest()).isEqualTo(stable.digest());
    assertThat(model.opset()).isEqualTo(17);
    assertThat(model.sizeBytes())
        .isGreaterThanOrEqualTo(Files.size(artifact.resolve("model.onnx")));
    assertThat(model.inputs())
        .singleElement()
        .satisfies(input -> assertThat(input.shape()).containsExactly(-1L, 3L, 224L, 224L));
    assertThat(status.conditions())
        .extracting(condition -> condition.type() + "=" + condition.status())
        .containsExactlyInAnyOrder(
            "Ready=True",
            "Available=True",
            "UpToDate=True",
            "ModelResolved=True",
            "Scheduled=True",
            "Scalable=True",
            "Exposed=True",
            "Reconciling=False",
            "Stalled=False");
  }

  @Test
  void theSelectorInTheStatusSelectsThePods() {
    var selector = requireNonNull(space.get("espresso").getStatus().selector());

    assertThat(space.kubectl("get", "pods", "--selector", selector, "--output=name").lines())
        .singleElement()
        .asString()
        .endsWith(space.pod("espresso").getMetadata().getName());
  }

  @Test
  void everyAnswerNamesItsRevision() {
    var answer = espresso().infer(InferenceRequest.binary(noise));

    assertThat(answer.headers().firstValue(Endpoint.REVISION))
        .as(new String(answer.body(), UTF_8))
        .hasValue(space.stable("espresso").revision());
  }

  private Endpoint espresso() {
    return space.endpoint("espresso");
  }

  private static void assertSame(List<Tensor> answer, List<Tensor> expected) {
    assertThat(answer)
        .extracting(Tensor::name)
        .isEqualTo(expected.stream().map(Tensor::name).toList());
    for (var i = 0; i < expected.size(); i++) {
      assertThat(answer.get(i).shape()).isEqualTo(expected.get(i).shape());
      assertThat(answer.get(i).values())
          .containsExactly(expected.get(i).values(), within(TENSOR_TOLERANCE));
    }
  }
}
