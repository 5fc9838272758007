package io.modelservice.runtime.grpc;

import io.modelservice.runtime.grpc.proto.InferStatistics;
import io.modelservice.runtime.grpc.proto.ModelStatistics;
import io.modelservice.runtime.grpc.proto.StatisticDuration;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Statistics;
import io.modelservice.runtime.measure.Statistics.Sum;
import io.modelservice.runtime.serving.Served;

/** The sums of a model in the form of Triton's statistics. */
final class StatisticsMessage {
  private StatisticsMessage() {}

  static ModelStatistics of(String name, Served served) {
    var statistics = served.statistics();
    return ModelStatistics.newBuilder()
        .setName(name)
        .setVersion(served.revision())
        .setLastInference(statistics.lastInference())
        .setInferenceCount(statistics.inferences())
        .setExecutionCount(statistics.executions())
        .setInferenceStats(inferences(statistics))
        .build();
  }

  private static InferStatistics inferences(Statistics statistics) {
    return InferStatistics.newBuilder()
        .setSuccess(duration(statistics.successes()))
        .setFail(duration(statistics.failures()))
        .setQueue(duration(statistics.phase(Phase.QUEUE)))
        .setComputeInput(duration(statistics.phase(Phase.DECODE)))
        .setComputeInfer(duration(statistics.phase(Phase.RUN)))
        .setComputeOutput(duration(statistics.phase(Phase.ENCODE)))
        .build();
  }

  private static StatisticDuration duration(Sum sum) {
    return StatisticDuration.newBuilder().setCount(sum.count()).setNs(sum.nanos()).build();
  }
}
