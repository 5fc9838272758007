package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.VoiceVectors;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The task voice-activity-detection. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class VoiceTest {
  private static final String PATH = "/v1/tasks/voice-activity-detection";

  private final PodClient pod = new PodClient();

  @BeforeEach
  void serve() throws Exception {
    pod.serve("loudness", Settings.of(Task.VOICE_ACTIVITY_DETECTION));
  }

  @Test
  void aSoundGetsItsSegmentsInSeconds() throws Exception {
    var answer = PodClient.json(pod.post(PATH, VoiceVectors.wav(), null));

    assertThat(answer.get("segments")).hasSize(2);
    assertThat(answer.at("/segments/0/start").asDouble()).isBetween(0.2, 0.3);
    assertThat(answer.at("/segments/0/end").asDouble()).isBetween(0.7, 0.9);
    assertThat(answer.has("probabilities")).isFalse();
  }

  @Test
  void probabilitiesOfEachWindowComeOnRequest() throws Exception {
    var answer = PodClient.json(pod.post(PATH + "?probabilities=true", VoiceVectors.wav(), null));

    assertThat(answer.get("window").asDouble()).isEqualTo(0.032);
    assertThat(answer.get("probabilities")).hasSize(69);
  }

  @Test
  void whatIsNoSoundIsRefused() throws Exception {
    var answer = pod.post(PATH, "a sentence, not a sound".getBytes(UTF_8), null);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(PodClient.json(answer).get("error").asText()).contains("not a WAV file");
  }
}
