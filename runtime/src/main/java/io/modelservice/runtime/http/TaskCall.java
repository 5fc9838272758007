package io.modelservice.runtime.http;

import io.modelservice.crds.Task;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.task.TaskModel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/**
 * The way of a request of a task: it is read, run and answered in JSON on a lane, if the model is
 * one of the task.
 *
 * @param <T> the model as one of the task
 */
final class TaskCall<T extends TaskModel> implements Handler<RoutingContext> {
  /** A small body may ask for much: a text of few bytes, many times, or a compressed image. */
  private static final int ALWAYS_ON_A_LANE = Integer.MAX_VALUE;

  private final Models models;
  private final Exchange exchange;
  private final Task task;
  private final Class<T> type;
  private final Step<T> step;

  /**
   * What is done on the lane.
   *
   * @param <T> the model as one of the task
   */
  @FunctionalInterface
  interface Step<T> {
    /** The JSON of the answer. */
    byte[] answer(T model, Request request, Workspace workspace, Cancel cancel) throws Exception;
  }

  /**
   * What was sent.
   *
   * @param query the parameters of the URL
   */
  record Request(Body body, MultiMap query) {}

  TaskCall(Models models, Exchange exchange, Task task, Class<T> type, Step<T> step) {
    this.models = models;
    this.exchange = exchange;
    this.task = task;
    this.type = type;
    this.step = step;
  }

  @Override
  public void handle(RoutingContext context) {
    exchange.serve(context, (body, watch) -> run(context, body, watch));
  }

  /**
   * A served model as one of a task.
   *
   * @throws RequestException 404 if its task is another or none
   */
  static <T extends TaskModel> T model(Served served, Task task, Class<T> type)
      throws RequestException {
    return served
        .task(type)
        .orElseThrow(
            () ->
                new RequestException(
                    404,
                    "the task %1$s is not turned on: set model.task: %1$s".formatted(task.id())));
  }

  private Future<Runnable> run(RoutingContext context, Body body, Stopwatch watch)
      throws RequestException {
    var served = models.lease(context);
    exchange.leased(context, served, watch);
    T model;
    try {
      model = model(served, task, type);
    } catch (RequestException e) {
      served.release();
      throw e;
    }
    var request = new Request(body, context.queryParams());
    return LaneCall.run(
            context,
            served,
            ALWAYS_ON_A_LANE,
            (workspace, cancel) -> {
              watch.end(Phase.QUEUE);
              var answer = step.answer(model, request, workspace, cancel);
              watch.end(Phase.RUN);
              return answer;
            })
        .map(answer -> () -> Replies.json(context, 200, answer));
  }
}
