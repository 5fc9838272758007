package io.modelservice.runtime.http;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.crds.Task;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.task.audio.VoiceDetector;
import io.modelservice.runtime.transport.Drain;
import io.modelservice.runtime.transport.Meters;
import io.modelservice.runtime.transport.ServedModel;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The task voice-activity-detection for sound that comes while somebody speaks: a WebSocket on the
 * path where a whole sound is sent by POST. {@code ?rate=} is 8000 or 16000 Hz, the default; with
 * {@code ?probabilities=true} each window is told.
 */
final class VoiceSocket implements Handler<RoutingContext> {
  private static final Logger LOG = Logger.getLogger(VoiceSocket.class);
  private static final int GOING_AWAY = 1001;
  private static final int SERVICE_RESTART = 1012;

  private final Models models;
  private final Meters meters;
  private final Drain drain;

  /** Why a stream ends before its client ends it (RFC 6455, section 7.4). */
  record Closing(int code, String reason) {}

  VoiceSocket(Models models, Meters meters, Drain drain) {
    this.models = models;
    this.meters = meters;
    this.drain = drain;
  }

  @Override
  public void handle(RoutingContext context) {
    try {
      if (!"websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE))) {
        context.response().putHeader(HttpHeaders.UPGRADE, "websocket");
        throw new RequestException(
            426, "POST a WAV file here, or open a WebSocket and send sound as it comes");
      }
      open(context);
    } catch (RequestException e) {
      Replies.error(context, e);
    }
  }

  private void open(RoutingContext context) throws RequestException {
    var rate = rate(context.queryParams().get("rate"));
    var everything = "true".equals(context.queryParams().get("probabilities"));
    models.nameRevision(context);
    // each piece takes a lease of its own: a silent client keeps no revision
    var served = models.answering().orElseThrow(ServedModel::notReady);
    var detector = TaskCall.model(served, Task.VOICE_ACTIVITY_DETECTION, VoiceDetector.class);
    var vertx = context.vertx();
    var request = new UpgradedRequest(context.request());
    context
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> {
              var ear = new VoiceSession.Ear(served, detector.listen(rate), everything);
              new VoiceSession(socket, vertx, ear, meters, () -> closing(served))
                  .begin()
                  .onComplete(closed -> request.end());
            })
        .onFailure(problem -> LOG.infof("no WebSocket: %s", problem.getMessage()));
  }

  private static int rate(@Nullable String rate) throws RequestException {
    return switch (rate) {
      case null -> 16_000;
      case "16000" -> 16_000;
      case "8000" -> 8_000;
      default -> throw bad("rate must be 8000 or 16000");
    };
  }

  /** Whether the stream of a model can go on: its state means nothing to another. */
  private Optional<Closing> closing(Served served) {
    if (drain.leaving()) {
      return Optional.of(new Closing(GOING_AWAY, "the pod leaves: begin a new stream"));
    }
    return models.answering().filter(served::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Closing(SERVICE_RESTART, "another revision answers now: begin a new stream"));
  }
}
