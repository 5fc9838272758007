package io.modelservice.runtime.http;

import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Statistics;
import io.modelservice.runtime.measure.Statistics.Sum;
import io.modelservice.runtime.serving.Served;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The answer of Triton's statistics extension, {@code GET /v2/models/NAME/stats}. */
final class ModelStatistics {
  private static final Sum NONE = new Sum(0, 0);

  private ModelStatistics() {}

  static JsonObject of(String name, Served served) {
    return new JsonObject().put("model_stats", JsonArray.of(model(name, served)));
  }

  private static JsonObject model(String name, Served served) {
    var statistics = served.statistics();
    return new JsonObject()
        .put("name", name)
        .put("version", served.revision())
        .put("last_inference", statistics.lastInference())
        .put("inference_count", statistics.inferences())
        .put("execution_count", statistics.executions())
        .put("inference_stats", inferences(statistics))
        .put("batch_stats", new JsonArray());
  }

  private static JsonObject inferences(Statistics statistics) {
    return new JsonObject()
        .put("success", sum(statistics.successes()))
        .put("fail", sum(statistics.failures()))
        .put("queue", sum(statistics.phase(Phase.QUEUE)))
        .put("compute_input", sum(statistics.phase(Phase.DECODE)))
        .put("compute_infer", sum(statistics.phase(Phase.RUN)))
        .put("compute_output", sum(statistics.phase(Phase.ENCODE)))
        .put("cache_hit", sum(NONE))
        .put("cache_miss", sum(NONE));
  }

  private static JsonObject sum(Sum sum) {
    return new JsonObject().put("count", sum.count()).put("ns", sum.nanos());
  }
}
