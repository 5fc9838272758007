package io.modelservice.runtime.http;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.serving.Work;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/** Runs one request on a lane and comes back to its event loop with the result or a refusal. */
final class LaneCall {
  private static final Logger LOG = Logger.getLogger(LaneCall.class);

  private LaneCall() {}

  /**
   * The result, or a {@link RequestException}; the lease goes over to the call.
   *
   * @param size bytes of the request
   */
  static <T> Future<T> run(RoutingContext context, Served served, int size, Work.Step<T> step) {
    Work<T> work;
    try {
      work = Work.begin(served, size, step);
    } catch (Overloaded e) {
      return Future.failedFuture(Replies.busy(context, e));
    }
    if (work.outcome().isDone()) {
      return done(work, served);
    }
    var vertx = context.vertx();
    var timer = vertx.setTimer(served.limits().timeout().toMillis(), late -> work.giveUp());
    context.response().closeHandler(gone -> work.giveUp());
    return Future.fromCompletionStage(work.outcome(), vertx.getOrCreateContext())
        .onComplete(done -> vertx.cancelTimer(timer))
        .recover(problem -> Future.failedFuture(refusal(problem, served)));
  }

  private static <T> Future<T> done(Work<T> work, Served served) {
    var outcome = work.outcome();
    return outcome.state() == java.util.concurrent.Future.State.SUCCESS
        ? Future.succeededFuture(outcome.resultNow())
        : Future.failedFuture(refusal(outcome.exceptionNow(), served));
  }

  private static RequestException refusal(Throwable problem, Served served) {
    return switch (problem) {
      case RequestException refused -> refused;
      case Work.GivenUp late ->
          new RequestException(
              504,
              "the request took longer than the timeout of "
                  + served.limits().timeout().toMillis()
                  + " ms");
      case EngineException failed -> new RequestException(status(failed), failed.getMessage() + "");
      case OutOfMemoryError memory ->
          new RequestException(413, "there is not enough memory for a request of this size");
      default -> {
        LOG.errorf(problem, "revision %s: a request failed", served.revision());
        yield new RequestException(500, "internal error: see the log of the pod");
      }
    };
  }

  private static int status(EngineException failed) {
    return switch (failed.reason()) {
      case Reason.ModelInvalid -> 400; // the engine refuses the inputs
      case Reason.DoesNotFit -> 413;
      default -> 500;
    };
  }
}
