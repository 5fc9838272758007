package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.runtime.http.VoiceSocket.Closing;
import io.modelservice.runtime.json.VoiceAnswer;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.serving.Work;
import io.modelservice.runtime.task.audio.VoiceStream;
import io.modelservice.runtime.transport.Meters;
import io.modelservice.runtime.transport.Refusals;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client that sends sound piece by piece, each a binary message, and is told what was heard.
 * One piece at a time is on a lane; the next are not read before. An empty message ends the sound.
 * Used by its event loop only.
 */
final class VoiceSession {
  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(60);
  private static final int NORMAL = 1000;
  private static final int UNSUPPORTED = 1003;
  private static final int POLICY = 1008;
  private static final int TOO_BIG = 1009;
  private static final int FAILED = 1011;
  private static final int TRY_AGAIN_LATER = 1013;

  private static final int LONGEST_REASON = 120;

  /** As for any task: what a piece asks for does not show in its bytes. */
  private static final int ALWAYS_ON_A_LANE = Integer.MAX_VALUE;

  private final ServerWebSocket socket;
  private final Vertx vertx;
  private final Ear ear;
  private final Meters meters;
  private final Supplier<Optional<Closing>> closing;
  private @Nullable Work<List<VoiceStream.Event>> work;
  private final Promise<Void> closed = Promise.promise();
  private long idle;

  /**
   * Who listens.
   *
   * @param everything whether each window is told
   */
  record Ear(Served served, VoiceStream stream, boolean everything) {}

  VoiceSession(
      ServerWebSocket socket,
      Vertx vertx,
      Ear ear,
      Meters meters,
      Supplier<Optional<Closing>> closing) {
    this.socket = socket;
    this.vertx = vertx;
    this.ear = ear;
    this.meters = meters;
    this.closing = closing;
  }

  /** Listens; completes when the socket is closed. */
  Future<Void> begin() {
    socket.binaryMessageHandler(this::heard);
    socket.textMessageHandler(
        text -> close(UNSUPPORTED, "send sound as binary messages: 16-bit PCM, one channel"));
    socket.exceptionHandler(this::failed);
    socket.closeHandler(gone -> end());
    await();
    return closed.future();
  }

  private void failed(Throwable problem) {
    if (problem instanceof IllegalStateException // so Vert.x tells that the parts are too large
        || (problem instanceof CorruptedWebSocketFrameException frame
            && frame.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG))) {
      close(TOO_BIG, "send sound in messages of up to 64 KB");
    }
  }

  private void await() {
    idle = vertx.setTimer(IDLE_MILLIS, late -> close(POLICY, "no sound for a minute"));
  }

  private void end() {
    vertx.cancelTimer(idle);
    if (work != null) {
      work.giveUp();
    }
    closed.complete();
  }

  private void heard(Buffer piece) {
    vertx.cancelTimer(idle);
    socket.pause();
    var over = closing.get();
    if (over.isPresent()) {
      close(over.get().code(), over.get().reason());
    } else if (!ear.served().lease()) {
      close(TRY_AGAIN_LATER, "the revision is leaving: begin a new stream");
    } else {
      listen(piece.getBytes());
    }
  }

  private void listen(byte[] pcm) {
    var watch = new Stopwatch();
    try {
      work =
          Work.begin(
              ear.served(),
              ALWAYS_ON_A_LANE,
              (lane, cancel) -> {
                watch.end(Phase.QUEUE);
                var stream = ear.stream();
                var events =
                    pcm.length == 0 ? stream.finish(lane, cancel) : stream.add(pcm, lane, cancel);
                watch.end(Phase.RUN);
                return events;
              });
      follow(work, watch, pcm.length == 0);
    } catch (Overloaded e) {
      refuse(Refusals.overloaded(e), watch);
    }
  }

  private void follow(Work<List<VoiceStream.Event>> piece, Stopwatch watch, boolean last) {
    var served = ear.served();
    LaneCall.follow(piece, served, served.limits().timeout(), vertx)
        .onComplete(done -> work = null)
        .onSuccess(
            events -> {
              count(200, watch);
              tell(events);
              goOn(last);
            })
        .onFailure(problem -> refuse((RequestException) problem, watch));
  }

  private void tell(List<VoiceStream.Event> events) {
    for (var event : events) {
      if (ear.everything() || !(event instanceof VoiceStream.Heard)) {
        socket.writeTextMessage(new String(VoiceAnswer.event(event), UTF_8));
      }
    }
  }

  private void goOn(boolean last) {
    if (last) {
      close(NORMAL, "the sound is over");
    } else if (!socket.isClosed()) {
      await();
      socket.resume();
    }
  }

  private void refuse(RequestException why, Stopwatch watch) {
    count(why.status(), watch);
    meters.refused(socket.isClosed() ? RefusalReason.CLIENT_LEFT : why.reason());
    close(why.status() == 503 ? TRY_AGAIN_LATER : FAILED, why.line());
  }

  private void count(int status, Stopwatch watch) {
    var code = socket.isClosed() ? Exchange.CLIENT_LEFT : status;
    meters.count(ear.served(), code, watch, watch.age());
  }

  /** The reason fits the 123 bytes that a close frame has for it (RFC 6455, section 5.5). */
  private void close(int code, String reason) {
    if (!socket.isClosed()) {
      var ascii = reason.replaceAll("[^ -~]", "?");
      var text = ascii.length() <= LONGEST_REASON ? ascii : ascii.substring(0, LONGEST_REASON);
      socket.binaryMessageHandler(null);
      socket.close((short) code, text);
      socket.resume(); // to read that the client closes too
    }
  }
}
