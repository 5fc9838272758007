package io.modelservice.e2e.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A sound that is sent while it is spoken, over a WebSocket. */
public final class SpokenSound {
  private static final String TASK = "/v1/tasks/voice-activity-detection";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int NORMAL = 1000;

  private final byte[] pcm;
  private final int piece;

  /**
   * A sound in pieces.
   *
   * @param pcm samples of 16 bits, the low byte first
   * @param piece bytes of each message
   */
  public SpokenSound(byte[] pcm, int piece) {
    this.pcm = pcm;
    this.piece = piece;
  }

  /** What the service tells until the sound is over and the stream closed as it should be. */
  public List<JsonNode> toldBy(Endpoint endpoint, String query) throws Exception {
    var answers = new Answers();
    var address = endpoint.address().resolve(TASK + query).toString().replaceFirst("http", "ws");
    try (var client = HttpClient.newHttpClient()) {
      var socket =
          client
              .newWebSocketBuilder()
              .connectTimeout(TIMEOUT)
              .buildAsync(URI.create(address), answers)
              .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      for (var from = 0; from < pcm.length; from += piece) {
        send(socket, Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + piece)));
      }
      send(socket, new byte[0]);
      return answers.all.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static void send(WebSocket socket, byte[] message) throws Exception {
    socket.sendBinary(ByteBuffer.wrap(message), true).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private static final class Answers implements WebSocket.Listener {
    private final List<JsonNode> told = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<List<JsonNode>> all = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        told.add(Endpoint.json(text.toString().getBytes(UTF_8)));
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      if (code == NORMAL) {
        all.complete(told);
      } else {
        all.completeExceptionally(new IllegalStateException(code + " " + reason));
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable problem) {
      all.completeExceptionally(problem);
    }
  }
}
