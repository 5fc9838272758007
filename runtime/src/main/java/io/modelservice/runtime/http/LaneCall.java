package io.modelservice.runtime.http;

import io.modelservice.runtime.batching.Batchable;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.serving.Work;
import io.modelservice.runtime.transport.Refusals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Runs one request on a lane and comes back to its event loop with the result or a refusal. */
final class LaneCall {
  private LaneCall() {}

  /**
   * The result, or a {@link RequestException}; the lease goes over to the call.
   *
   * @param size bytes of the request
   */
  static <T> Future<T> run(RoutingContext context, Served served, int size, Work.Step<T> step) {
    return run(context, served, () -> Work.begin(served, size, step));
  }

  /** The same for a request that may share its run with others. */
  static <T> Future<T> run(RoutingContext context, Served served, int size, Batchable<T> request) {
    return run(context, served, () -> Work.begin(served, size, request));
  }

  /** Begins a work. */
  @FunctionalInterface
  private interface Begin<T> {
    Work<T> begin() throws Overloaded;
  }

  private static <T> Future<T> run(RoutingContext context, Served served, Begin<T> begin) {
    Work<T> work;
    Duration timeout;
    try {
      timeout = timeout(context, served);
      work = begin.begin();
    } catch (Overloaded e) {
      return Future.failedFuture(Refusals.overloaded(e));
    } catch (RequestException e) {
      return Future.failedFuture(e);
    }
    if (!work.outcome().isDone()) {
      context.response().closeHandler(gone -> work.giveUp());
    }
    return follow(work, served, timeout, context.vertx());
  }

  /**
   * The result of a work, or a {@link RequestException}; it is given up when its time is over. For
   * the event loop of the caller.
   */
  static <T> Future<T> follow(Work<T> work, Served served, Duration timeout, Vertx vertx) {
    if (work.outcome().isDone()) {
      return done(work, served, timeout);
    }
    var timer = vertx.setTimer(Math.max(1, timeout.toMillis()), late -> work.giveUp());
    return Future.fromCompletionStage(work.outcome(), vertx.getOrCreateContext())
        .onComplete(done -> vertx.cancelTimer(timer))
        .recover(problem -> Future.failedFuture(Refusals.of(problem, served, timeout)));
  }

  /** The time that the request has; the lease is given back if that cannot be told. */
  private static Duration timeout(RoutingContext context, Served served) throws RequestException {
    try {
      return RequestTimeout.of(context, served.limits().timeout());
    } catch (RequestException e) {
      served.release();
      throw e;
    }
  }

  private static <T> Future<T> done(Work<T> work, Served served, Duration timeout) {
    var outcome = work.outcome();
    return outcome.state() == java.util.concurrent.Future.State.SUCCESS
        ? Future.succeededFuture(outcome.resultNow())
        : Future.failedFuture(Refusals.of(outcome.exceptionNow(), served, timeout));
  }
}
