package io.modelservice.runtime.http;

import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.PredictInference;
import io.modelservice.runtime.protocol.RequestException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** {@code POST /v1/models/NAME:predict} of KServe's first protocol. */
final class PredictHandler implements Handler<RoutingContext> {
  /** The path, as a regular expression with the name as a group. */
  static final String PATH = "/v1/models/(?<model>[^/:]+):predict";

  private final Models models;
  private final Exchange exchange;

  PredictHandler(Models models, Exchange exchange) {
    this.models = models;
    this.exchange = exchange;
  }

  @Override
  public void handle(RoutingContext context) {
    exchange.serve(context, (body, watch) -> predict(context, body, watch));
  }

  private Future<Runnable> predict(RoutingContext context, Body body, Stopwatch watch)
      throws RequestException {
    var served = models.lease(context);
    exchange.leased(context, served, watch);
    var inference = new PredictInference(body, served.signature(), watch);
    return LaneCall.run(context, served, body.length(), inference)
        .map(answer -> () -> Replies.json(context, 200, answer));
  }
}
