package io.modelservice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.e2e.client.Endpoint;
import io.modelservice.e2e.client.SpokenSound;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import io.modelservice.e2e.conformance.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a client speaks and sends, the service of a model understands it. */
@OnCluster
@Tag("runtime")
class RuntimeE2E {
  private static final double TOLERANCE = 1e-4;
  private static final int WAV_HEAD = 44;

  private final Space space;
  private final Path samples;

  RuntimeE2E(Space space) {
    this.space = space;
    this.samples = space.cluster().settings().root().resolve("deploy/samples/models");
  }

  @Test
  void theProtocolIsSpokenWholeOverRestAndGrpc() throws Exception {
    space.apply("simple", Models.SIMPLE);
    space.awaitReady("simple");

    var address = space.endpoint("simple").address();
    var failures =
        Conformance.failures(
            List.of("--http", address + ":80", "--grpc", address.getHost() + ":8081"));

    assertThat(failures).isEmpty();
  }

  @Test
  void sentencesBecomeTheVectorsOfTheirModel() throws Exception {
    space.apply("sentences", Models.MINILM);
    space.awaitReady("sentences");
    var endpoint = space.endpoint("sentences");

    for (var known : vectors("embeddings.json").path("texts")) {
      var request = "{\"model\": \"sentences\", \"input\": %s}".formatted(known.path("text"));
      for (var path : List.of("/v1/embeddings", "/openai/v1/embeddings")) {
        var answer = endpoint.ask(path, "application/json", request.getBytes(UTF_8));

        assertSameVector(answer.at("/data/0/embedding"), known.path("vector"));
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(known.path("ids").size());
      }
    }
  }

  @Test
  void photosBecomeTheVectorsThatPillowAndOnnxRuntimeGive() throws Exception {
    space.apply("photos", Models.EFFICIENTNET_FEATURES);
    space.awaitReady("photos");
    var photos = space.cluster().settings().samples().resolve("photos");

    for (var known : vectors("features.json").path("photos").properties()) {
      var answer =
          space
              .endpoint("photos")
              .ask(
                  "/v1/tasks/image-feature-extraction",
                  "image/*",
                  Files.readAllBytes(photos.resolve(known.getKey())));

      assertSameVector(answer, known.getValue().path("vector"));
    }
  }

  private static void assertSameVector(JsonNode found, JsonNode expected) {
    assertThat(found).hasSize(expected.size());
    for (var i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).asDouble())
          .as("element %d", i)
          .isCloseTo(expected.get(i).asDouble(), within(TOLERANCE));
    }
  }

  @Test
  void aSoundTellsWhereSomebodySpeaks() throws Exception {
    space.apply("voice", Models.SILERO);
    space.awaitReady("voice");

    var sound = Files.readAllBytes(samples.resolve("speech.wav"));
    Endpoint endpoint = space.endpoint("voice");
    var answer = endpoint.ask("/v1/tasks/voice-activity-detection", "audio/wav", sound);

    var expected = vectors("voice.json").path("segments");
    var found = answer.path("segments");
    assertThat(found).hasSize(expected.size());
    for (var i = 0; i < expected.size(); i++) {
      for (var edge : List.of("start", "end")) {
        assertThat(found.get(i).path(edge).asDouble())
            .as("%s of segment %d", edge, i)
            .isCloseTo(expected.get(i).path(edge).asDouble(), within(0.001));
      }
    }
  }

  @Test
  void whoStillSpeaksIsHeardToo() throws Exception {
    space.apply("listener", Models.SILERO);
    space.awaitReady("listener");
    var wav = Files.readAllBytes(samples.resolve("speech.wav"));
    var sound = new SpokenSound(Arrays.copyOfRange(wav, WAV_HEAD, wav.length), 999);

    var told = sound.toldBy(space.endpoint("listener"), "?probabilities=true");

    var windows = told.stream().filter(event -> event.has("probability")).toList();
    var expected = vectors("voice.json").path("probabilities");
    assertThat(windows).hasSize(expected.size());
    for (var i = 0; i < expected.size(); i++) {
      assertThat(windows.get(i).path("probability").asDouble())
          .as("window %d", i)
          .isCloseTo(expected.get(i).asDouble(), within(TOLERANCE));
    }
    assertThat(told.stream().filter(event -> event.has("start")).findFirst().orElseThrow())
        .hasToString("{\"start\":0.8}");
  }

  private JsonNode vectors(String file) throws IOException {
    return Endpoint.json(Files.readAllBytes(samples.resolve(file)));
  }
}
