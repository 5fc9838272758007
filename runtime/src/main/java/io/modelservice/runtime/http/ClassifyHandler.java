package io.modelservice.runtime.http;

import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.ImageClassifier;
import io.modelservice.runtime.task.Score;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code POST /v1/tasks/image-classification} with a JPEG or PNG body. */
final class ClassifyHandler implements Handler<RoutingContext> {
  private final Models models;
  private final Exchange exchange;

  ClassifyHandler(Models models, Exchange exchange) {
    this.models = models;
    this.exchange = exchange;
  }

  @Override
  public void handle(RoutingContext context) {
    exchange.serve(context, (body, watch) -> classify(context, body, watch));
  }

  private Future<Runnable> classify(RoutingContext context, Body body, Stopwatch watch)
      throws RequestException {
    var served = models.lease(context);
    exchange.leased(context, served, watch);
    var classifier = served.task(ImageClassifier.class);
    if (classifier.isEmpty()) {
      served.release();
      throw new RequestException(
          404,
          "the task image-classification is not turned on: set model.task: image-classification");
    }
    ImageClassifier images = classifier.get();
    return LaneCall.run(
            context,
            served,
            body.length(),
            (workspace, cancel) -> {
              watch.end(Phase.QUEUE);
              var scores = images.classify(body.bytes(), body.length(), workspace, cancel);
              watch.end(Phase.RUN);
              return scores;
            })
        .map(scores -> () -> Replies.json(context, 200, json(scores)));
  }

  private static String json(List<Score> scores) {
    var array = new JsonArray();
    for (var score : scores) {
      array.add(new JsonObject().put("label", score.label()).put("score", score.score()));
    }
    return array.encode();
  }
}
