package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.runtime.protocol.RequestException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Writes answers that are not tensors. */
final class Replies {
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

  /** The protocol's form of an error: one line. */
  static void error(RoutingContext context, RequestException refused) {
    error(context, refused, ErrorForm.INFERENCE);
  }

  /** An error in the form of an API. */
  static void error(RoutingContext context, RequestException refused, ErrorForm form) {
    if (refused.status() == 503) {
      var seconds = Math.max(1, refused.retryAfter().plusMillis(999).toSeconds());
      context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    json(context, form.status(refused), form.of(refused).encode());
    RefusedBody.drain(context);
  }
}
