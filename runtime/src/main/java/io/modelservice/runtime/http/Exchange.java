package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Served;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/** The common way of a request with a body: check its path, receive it, serve it, count it. */
final class Exchange {
  private static final Logger LOG = Logger.getLogger(Exchange.class);

  private final BodyReader bodies;
  private final Models models;
  private final Meters meters;

  Exchange(BodyReader bodies, Models models, Meters meters) {
    this.bodies = bodies;
    this.models = models;
    this.meters = meters;
  }

  /** Serves a body; the result writes the answer. */
  @FunctionalInterface
  interface Service {
    Future<Runnable> serve(Body body) throws RequestException;
  }

  void serve(RoutingContext context, Service service) {
    models.nameRevision(context);
    try {
      models.checkName(context.pathParam("model"));
    } catch (RequestException e) {
      Replies.error(context, e);
      return;
    }
    bodies
        .read(context)
        .compose(
            body -> {
              try {
                return service.serve(body);
              } catch (RequestException e) {
                return Future.failedFuture(e);
              }
            })
        .onSuccess(
            send -> {
              if (!context.response().closed()) {
                send.run();
              }
            })
        .onFailure(problem -> refuse(context, problem));
  }

  /** From now on the request counts as one of this model. */
  void leased(RoutingContext context, Served served) {
    var began = System.nanoTime();
    context.addEndHandler(
        end -> {
          var status = context.response().getStatusCode();
          served.count(status);
          meters.count(served.revision(), status, System.nanoTime() - began);
        });
  }

  private static void refuse(RoutingContext context, Throwable problem) {
    if (problem instanceof RequestException refused) {
      Replies.error(context, refused);
    } else if (!context.response().closed()) {
      LOG.error("a request failed", problem);
      Replies.error(context, new RequestException(500, "internal error: see the log of the pod"));
    }
  }
}
