package io.modelservice.e2e.bench.servers;

import io.modelservice.e2e.client.Endpoint;

/**
 * What a server has counted, by Triton's statistics extension.
 *
 * @param rows of the answered requests
 * @param runs of the model that answered them
 */
record Runs(long rows, long runs) {
  static final Runs NONE = new Runs(0, 0);

  /** Since the start of the server. */
  static Runs of(Endpoint endpoint) {
    var stats =
        Endpoint.json(endpoint.get("/v2/models/" + endpoint.model() + "/stats").body())
            .path("model_stats")
            .path(0);
    return new Runs(stats.path("inference_count").asLong(), stats.path("execution_count").asLong());
  }

  Runs plus(Runs other) {
    return new Runs(rows + other.rows, runs + other.runs);
  }

  Runs minus(Runs other) {
    return new Runs(rows - other.rows, runs - other.runs);
  }

  /** The mean; NaN if there was none. */
  double rowsPerRun() {
    return (double) rows / (double) runs;
  }
}
