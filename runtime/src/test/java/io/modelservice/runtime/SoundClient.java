package io.modelservice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends sound piece by piece, and keeps what it is told. */
public final class SoundClient implements WebSocket.Listener {
  private static final String PATH = "/v1/tasks/voice-activity-detection";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> heard = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  private SoundClient() {}

  /** A client whose socket is open. */
  public static SoundClient open(int port, String query) throws Exception {
    var client = new SoundClient();
    client.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://localhost:" + port + PATH + query), client)
            .get(10, TimeUnit.SECONDS);
    return client;
  }

  /** Sends a piece; that it could not be sent shows by the end of the stream. */
  public void say(byte[] pcm) {
    socket().sendBinary(ByteBuffer.wrap(pcm), true).exceptionally(gone -> socket()).join();
  }

  /** Sends the first part of a piece; the rest is said. */
  public void begin(byte[] pcm) {
    socket().sendBinary(ByteBuffer.wrap(pcm), false).join();
  }

  /** Sends all of it in pieces of so many bytes, and that it is over. */
  public void sayAll(byte[] pcm, int piece) {
    for (var from = 0; from < pcm.length && !closed.isDone(); from += piece) {
      say(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + piece)));
    }
    say(new byte[0]);
  }

  public void write(String message) {
    socket().sendText(message, true).join();
  }

  /** Is gone without a word. */
  public void leave() {
    socket().abort();
  }

  /** The code and the reason of its end. */
  public String closed() throws InterruptedException, ExecutionException, TimeoutException {
    return closed.get(10, TimeUnit.SECONDS);
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  /** Complete only when the socket is closed. */
  public List<JsonNode> heard() {
    return heard;
  }

  private WebSocket socket() {
    return requireNonNull(socket);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        heard.add(JSON.readTree(text.toString().getBytes(UTF_8)));
      } catch (IOException e) {
        closed.completeExceptionally(e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }
}
