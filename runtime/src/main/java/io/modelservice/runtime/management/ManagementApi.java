package io.modelservice.runtime.management;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.runtime.pod.Pod;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** {@code GET :9000/state} and {@code PUT :9000/plan}; health and metrics are beside them. */
@ApplicationScoped
public class ManagementApi {
  private static final String BEARER = "Bearer ";

  private final Pod pod;
  private final PlanReceiver receiver;

  ManagementApi(Pod pod, PlanReceiver receiver) {
    this.pod = pod;
    this.receiver = receiver;
  }

  void routes(@Observes ManagementInterface management) {
    var router = management.router();
    router.get("/state").handler(this::state);
    router.put("/plan").handler(this::plan);
  }

  private void state(RoutingContext context) {
    end(context, 200, ContractJson.write(pod.state()));
  }

  private void plan(RoutingContext context) {
    if (!receiver.authorized(bearer(context))) {
      error(context, 401, "the token is not that of the plan in force");
      return;
    }
    var body = context.body().buffer(); // the management server has read and bounded it
    take(context, body == null ? new byte[0] : body.getBytes());
  }

  private static String bearer(RoutingContext context) {
    var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
  }

  private void take(RoutingContext context, byte[] body) {
    switch (receiver.put(body)) {
      case PlanReceiver.Taken taken -> end(context, 200, "{\"sequence\":" + taken.sequence() + "}");
      case PlanReceiver.Outdated outdated ->
          error(
              context,
              409,
              "the plan has sequence %d, the one in force has %d"
                  .formatted(outdated.sequence(), outdated.inForce()));
      case PlanReceiver.Damaged damaged -> error(context, 400, damaged.why());
    }
  }

  private static void error(RoutingContext context, int status, String line) {
    end(context, status, new JsonObject().put("error", line).encode());
  }

  private static void end(RoutingContext context, int status, String body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(body);
  }
}
