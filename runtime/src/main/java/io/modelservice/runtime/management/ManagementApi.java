package io.modelservice.runtime.management;

import static io.modelservice.runtime.management.ManagementReply.bearer;
import static io.modelservice.runtime.management.ManagementReply.end;
import static io.modelservice.runtime.management.ManagementReply.error;
import static io.modelservice.runtime.management.ManagementReply.unauthorized;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.runtime.pod.Pod;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** {@code GET :9000/state} and {@code PUT :9000/plan}; health and metrics are beside them. */
@ApplicationScoped
public class ManagementApi {
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
      unauthorized(context);
      return;
    }
    var body = context.body().buffer(); // the management server has read and bounded it
    take(context, body == null ? new byte[0] : body.getBytes());
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
}
