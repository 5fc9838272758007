package io.modelservice.runtime.management;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** How requests to the management port are read and answered. */
final class ManagementReply {
  private static final String BEARER = "Bearer ";

  private ManagementReply() {}

  /** The bearer token; empty if there is none. */
  static String bearer(RoutingContext context) {
    var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
  }

  static void unauthorized(RoutingContext context) {
    error(context, 401, "the token is not that of the plan in force");
  }

  static void error(RoutingContext context, int status, String line) {
    end(context, status, new JsonObject().put("error", line).encode());
  }

  static void end(RoutingContext context, int status, String body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(body);
  }
}
