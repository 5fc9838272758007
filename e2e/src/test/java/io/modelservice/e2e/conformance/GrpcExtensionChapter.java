package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import io.modelservice.e2e.conformance.wire.InferParameter;
import io.modelservice.e2e.conformance.wire.ModelConfigRequest;
import io.modelservice.e2e.conformance.wire.ModelStatisticsRequest;
import io.modelservice.e2e.conformance.wire.RepositoryIndexRequest;
import java.util.List;

/** Triton's extensions over gRPC. */
final class GrpcExtensionChapter {
  /** In microseconds. */
  private static final long A_MINUTE = 60_000_000;

  private final Grpc grpc;
  private final SimpleModel model;
  private final GrpcMessages messages;

  GrpcExtensionChapter(Grpc grpc, SimpleModel model) {
    this.grpc = grpc;
    this.model = model;
    this.messages = new GrpcMessages(model);
  }

  Chapter chapter() {
    return new Chapter(
        "grpc-extensions",
        List.of(
            new Check(new Level.Announced("model_repository"), "RepositoryIndex", this::index),
            new Check(new Level.Announced("statistics"), "ModelStatistics", this::statistics),
            new Check(new Level.Announced("model_configuration"), "ModelConfig", this::config),
            new Check(
                new Level.Announced("schedule_policy"),
                "ModelInfer with priority and timeout",
                this::scheduled)));
  }

  private void index() {
    var index = grpc.service().repositoryIndex(RepositoryIndexRequest.getDefaultInstance());
    var states =
        index.getModelsList().stream()
            .filter(entry -> entry.getName().equals(model.name()))
            .map(entry -> entry.getState())
            .toList();
    unless(states.contains("READY"), "the states of the model are " + states);
  }

  private void statistics() {
    var before = successes();
    messages.verify(grpc.service().modelInfer(messages.raw().build()));
    unless(Soon.is(() -> successes() > before), "successes stay at %d".formatted(before));
  }

  private long successes() {
    var request = ModelStatisticsRequest.newBuilder().setName(model.name()).build();
    var stats = grpc.service().modelStatistics(request).getModelStatsList();
    unless(!stats.isEmpty(), "model_stats is empty");
    expect("name", model.name(), stats.getFirst().getName());
    return stats.getFirst().getInferenceStats().getSuccess().getCount();
  }

  private void scheduled() {
    var request =
        messages
            .raw()
            .putParameters("priority", number(1))
            .putParameters("timeout", number(A_MINUTE));
    messages.verify(grpc.service().modelInfer(request.build()));
  }

  private static InferParameter number(long value) {
    return InferParameter.newBuilder().setInt64Param(value).build();
  }

  private void config() {
    var request = ModelConfigRequest.newBuilder().setName(model.name()).build();
    expect("name", model.name(), grpc.service().modelConfig(request).getConfig().getName());
  }
}
