package io.modelservice.runtime.http;

import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.transport.Meters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/**
 * The common way of a request with a body: check its path and whether the model has time for it,
 * receive it, serve it, count it.
 */
final class Exchange {
  private static final Logger LOG = Logger.getLogger(Exchange.class);

  /** What a client that left is counted as: neither an answer nor an error of the model. */
  static final int CLIENT_LEFT = 499;

  private final BodyReader bodies;
  private final Models models;
  private final Meters meters;
  private final Journalled journal;
  private final ErrorForm errors;

  Exchange(BodyReader bodies, Models models, Meters meters, Journalled journal, ErrorForm errors) {
    this.journal = journal;
    this.bodies = bodies;
    this.models = models;
    this.meters = meters;
    this.errors = errors;
  }

  /** Serves a body; the result writes the answer. */
  @FunctionalInterface
  interface Service {
    Future<Runnable> serve(Body body, Stopwatch watch) throws RequestException;
  }

  void serve(RoutingContext context, Service service) {
    models.nameRevision(context);
    var watch = new Stopwatch();
    journal.inference(context, watch);
    if (admitted(context, watch)) {
      receive(context, watch, service);
    }
  }

  /** Whether the body may come; if not, the client has been told why. */
  private boolean admitted(RoutingContext context, Stopwatch watch) {
    try {
      models.checkName(context.pathParam("model"));
    } catch (RequestException e) {
      meters.refused(e.reason());
      Replies.error(context, e, errors);
      return false;
    }
    try {
      models.admit(context);
      return true;
    } catch (RequestException busy) {
      meters.refused(busy.reason());
      models.answering().ifPresent(served -> meters.count(served, errors.status(busy), watch, 0));
      Replies.error(context, busy, errors);
      return false;
    }
  }

  private void receive(RoutingContext context, Stopwatch watch, Service service) {
    bodies
        .read(context)
        .compose(
            body -> {
              watch.end(Phase.READ);
              try {
                return service.serve(body, watch);
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
  void leased(RoutingContext context, Served served, Stopwatch watch) {
    var began = System.nanoTime();
    context.addEndHandler(
        end -> {
          watch.end(Phase.WRITE);
          meters.count(served, status(context, end), watch, System.nanoTime() - began);
        });
  }

  /** The status of a request that is over. */
  static int status(RoutingContext context, AsyncResult<Void> end) {
    return end.succeeded() ? context.response().getStatusCode() : CLIENT_LEFT;
  }

  private static RefusalReason reason(RoutingContext context, Throwable problem) {
    if (context.response().closed()) {
      return RefusalReason.CLIENT_LEFT;
    }
    return problem instanceof RequestException refused ? refused.reason() : RefusalReason.FAILED;
  }

  private void refuse(RoutingContext context, Throwable problem) {
    meters.refused(reason(context, problem));
    if (problem instanceof RequestException refused) {
      Replies.error(context, refused, errors);
    } else if (!context.response().closed()) {
      LOG.error("a request failed", problem);
      var refused = new RequestException(500, "internal error: see the log of the pod");
      Replies.error(context, refused, errors);
    }
  }
}
