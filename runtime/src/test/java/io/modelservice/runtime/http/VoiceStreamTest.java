package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.SoundClient;
import io.modelservice.runtime.VoiceVectors;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The task voice-activity-detection for sound that comes while somebody speaks. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class VoiceStreamTest {
  private static final String PATH = "/v1/tasks/voice-activity-detection";

  private static final String TOO_BIG = "send sound in messages of up to 64 KB";

  private static final String HANDSHAKE =
      "GET "
          + PATH
          + " HTTP/1.1\r\nHost: pod\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

  /** Of a whole binary message, masked with zeros (RFC 6455, section 5.2). */
  private static final byte[] HEAD_OF_ONE_MEGABYTE =
      HexFormat.of().parseHex("82ff" + "0000000000100000" + "00000000");

  /** The upper byte of the lowest sample that there is. */
  private static final byte FULL_SCALE = (byte) 0x80;

  private final PodClient pod = new PodClient();

  @BeforeEach
  void serve() throws Exception {
    pod.serve("loudness", Settings.of(Task.VOICE_ACTIVITY_DETECTION));
  }

  @Test
  void speechIsToldWhenItBeginsAndWhenItEnds() throws Exception {
    var client = listen("");

    client.sayAll(VoiceVectors.pcm(), 3200);

    assertThat(client.closed()).isEqualTo("1000 the sound is over");
    assertThat(client.heard())
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"start\":0.288}",
            "{\"end\":0.8}",
            "{\"start\":0.992}",
            "{\"end\":1.184}",
            "{\"start\":1.504}",
            "{\"end\":2.2}");
  }

  @Test
  void theStateGoesOnWhereverTheSoundIsCut() throws Exception {
    var whole =
        PodClient.json(pod.post(PATH + "?probabilities=true", VoiceVectors.wav(), null))
            .get("probabilities");
    var client = listen("?probabilities=true&rate=16000");

    client.sayAll(VoiceVectors.pcm(), 1001);

    assertThat(client.closed()).startsWith("1000");
    assertThat(client.heard().stream().filter(event -> event.has("probability")))
        .extracting(event -> event.get("probability").floatValue())
        .hasSize(69)
        .containsExactlyElementsOf(floats(whole));
  }

  @Test
  void aStreamEndsWhenAnotherRevisionAnswers() throws Exception {
    var client = listen("");
    pod.serve("loudness", new Settings(Task.VOICE_ACTIVITY_DETECTION, null, 1, null, null, null));

    client.sayAll(VoiceVectors.pcm(), 3200);

    assertThat(client.closed()).isEqualTo("1012 another revision answers now: begin a new stream");
  }

  @Test
  void aClientThatLeavesWhileItsSoundIsHeardIsNoTimeout() throws Exception {
    var revision = pod.serve("overdriven", Settings.of(Task.VOICE_ACTIVITY_DETECTION));
    var left = pod.refused("client_left");
    var late = pod.refused("timeout");
    var client = listen("");
    client.say(new byte[] {0, FULL_SCALE, 0, 0});
    client.say(new byte[0]);
    await().until(() -> metrics().contains("modelservice_lanes_busy 1.0"));

    client.leave();

    await().until(() -> pod.refused("client_left") == left + 1);
    assertThat(pod.refused("timeout")).isEqualTo(late);
    assertThat(metrics())
        .contains(
            "modelservice_requests_total{code=\"499\",revision=\"%s\"} 1.0".formatted(revision));
  }

  @Test
  void textIsNoSound() throws Exception {
    var client = listen("");

    client.write("hello");

    assertThat(client.closed()).startsWith("1003 send sound as binary messages");
  }

  @Test
  void aPieceThatIsTooLargeEndsItsStreamAlone() throws Exception {
    var client = listen("");

    client.say(new byte[300_000]);

    await().until(client::isClosed);
    var other = listen("");
    other.sayAll(VoiceVectors.pcm(), 3200);
    assertThat(other.closed()).startsWith("1000");
  }

  @Test
  void aPieceThatWillBeTooLargeIsRefusedBeforeItComes() throws Exception {
    try (var socket = new Socket("localhost", pod.port())) {
      socket.setSoTimeout(10_000);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      socket.getOutputStream().write(HANDSHAKE.getBytes(ISO_8859_1));
      assertThat(in.readLine()).startsWith("HTTP/1.1 101");

      socket.getOutputStream().write(HEAD_OF_ONE_MEGABYTE);

      assertThat(in.lines().collect(Collectors.joining("\n"))).endsWith("\u0003\u00f1" + TOO_BIG);
    }
  }

  @Test
  void aPieceInPartsIsTooLargeAsAWhole() throws Exception {
    var client = listen("");

    client.begin(new byte[60_000]);
    client.say(new byte[60_000]);

    assertThat(client.closed()).isEqualTo("1009 " + TOO_BIG);
  }

  @Test
  void anotherRateIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> listen("?rate=44100"))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }

  @Test
  void aModelWithoutTheTaskHasNoStream() throws Exception {
    pod.serve("loudness", PodClient.DEFAULTS);

    assertThatThrownBy(() -> listen(""))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(404));
  }

  @Test
  void aPlainGetIsToldWhatToDo() throws Exception {
    var answer = pod.get(PATH);

    assertThat(answer.statusCode()).isEqualTo(426);
    assertThat(answer.body()).contains("WebSocket");
  }

  private String metrics() throws Exception {
    return pod.manage("/q/metrics").body();
  }

  private SoundClient listen(String query) throws Exception {
    return SoundClient.open(pod.port(), query);
  }

  private static List<Float> floats(JsonNode numbers) {
    var floats = new ArrayList<Float>();
    numbers.forEach(number -> floats.add(number.floatValue()));
    return floats;
  }
}
