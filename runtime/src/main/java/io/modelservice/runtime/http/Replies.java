package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** Writes answers that are not tensors. */
final class Replies {
  /** How long a client may go on sending what was refused, so that it can read why. */
  private static final long LINGER_MILLIS = TimeUnit.SECONDS.toMillis(15);

  private Replies() {}

  static void json(RoutingContext context, int status, String body) {
    json(context, status, body.getBytes(UTF_8));
  }

  static void json(RoutingContext context, int status, byte[] body) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    Gzip.end(context, body);
  }

  /** The refusal of a request that would wait too long, with the time after which to try again. */
  static RequestException busy(RoutingContext context, Overloaded overloaded) {
    var seconds = Math.max(1, overloaded.retryAfter().plusMillis(999).toSeconds());
    context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return new RequestException(
        503, RefusalReason.OVERLOADED, String.valueOf(overloaded.getMessage()));
  }

  /** The protocol's form of an error: one line. */
  static void error(RoutingContext context, RequestException refused) {
    error(context, refused, ErrorForm.INFERENCE);
  }

  /** An error in the form of an API. */
  static void error(RoutingContext context, RequestException refused, ErrorForm form) {
    var headers = context.response().headers();
    if (refused.status() == 503 && !headers.contains(HttpHeaders.RETRY_AFTER)) {
      headers.set(HttpHeaders.RETRY_AFTER, "1");
    }
    json(context, form.status(refused), form.of(refused).encode());
    drain(context);
  }

  /**
   * Reads away what the client still sends. A connection that is closed with unread bytes resets,
   * and the client would lose the answer.
   */
  private static void drain(RoutingContext context) {
    var request = context.request();
    if (request.isEnded()) {
      return;
    }
    var vertx = context.vertx();
    var timer = vertx.setTimer(LINGER_MILLIS, expired -> request.connection().close());
    request.handler(ignored -> {});
    request.exceptionHandler(ignored -> vertx.cancelTimer(timer));
    request.endHandler(ended -> vertx.cancelTimer(timer));
    request.resume();
  }
}
