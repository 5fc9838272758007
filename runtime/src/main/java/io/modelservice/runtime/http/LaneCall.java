package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.serving.Work;
import io.modelservice.runtime.transport.Refusals;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Runs one request on a lane and comes back to its event loop with the result or a refusal. */
final class LaneCall {
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
        .recover(problem -> Future.failedFuture(Refusals.of(problem, served)));
  }

  private static <T> Future<T> done(Work<T> work, Served served) {
    var outcome = work.outcome();
    return outcome.state() == java.util.concurrent.Future.State.SUCCESS
        ? Future.succeededFuture(outcome.resultNow())
        : Future.failedFuture(Refusals.of(outcome.exceptionNow(), served));
  }
}
