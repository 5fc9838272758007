package io.modelservice.runtime.grpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.modelservice.runtime.RuntimeConfig;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc;
import io.modelservice.runtime.observability.Journal;
import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.transport.BodyBudget;
import io.modelservice.runtime.transport.Drain;
import io.modelservice.runtime.transport.Meters;
import io.modelservice.runtime.transport.ServedModel;
import io.modelservice.runtime.transport.ServerMetadata;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The services of the gRPC port. */
@Singleton
final class GrpcServices {
  /** Connections and streams come back after it, so that new pods get their share. */
  static final Duration OLDEST = Duration.ofMinutes(5);

  private final ScheduledThreadPoolExecutor timer;
  private final Calls calls = new Calls();
  private final Health health;
  private final ServerServiceDefinition inference;

  GrpcServices(
      Pod pod,
      Drain drain,
      Meters meters,
      Journal journal,
      RuntimeConfig config,
      ServerMetadata server,
      SharedMemory memory) {
    var model = new ServedModel(pod);
    // one message of full size must always fit
    var most = Math.max(config.grpc().maxMessage(), Runtime.getRuntime().maxMemory() / 3);
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("grpc-timer").factory());
    timer.setRemoveOnCancelPolicy(true); // nearly all are cancelled, each holds its request
    var budget = new BodyBudget(most);
    meters.watch("grpc", budget);
    var inferences = new Inferences(model, memory, meters, budget, timer);
    var journalled = new Journalled(journal, model);
    health = Health.of(pod, model);
    inference =
        inference(
            new MetadataService(model, drain, server, new SharedMemoryCalls(memory)),
            new InferHandler(inferences, calls, journalled),
            new StreamInferHandler(inferences, calls, journalled, timer, OLDEST));
  }

  List<ServerServiceDefinition> all() {
    return List.of(
        inference,
        health.service().bindService(),
        ProtoReflectionServiceV1.newInstance().bindService(),
        ProtoReflectionService.newInstance().bindService());
  }

  Calls calls() {
    return calls;
  }

  Health health() {
    return health;
  }

  @PreDestroy
  void close() {
    timer.shutdownNow();
  }

  /** The protocol's service; its inferences take their messages as bytes. */
  private static ServerServiceDefinition inference(
      BindableService metadata, InferHandler infer, StreamInferHandler stream) {
    var inferMethod = unread(GRPCInferenceServiceGrpc.getModelInferMethod());
    var streamMethod = unread(GRPCInferenceServiceGrpc.getModelStreamInferMethod());
    var bound = metadata.bindService();
    var others =
        bound.getMethods().stream()
            .filter(method -> !isOneOf(method.getMethodDescriptor(), inferMethod, streamMethod))
            .toList();
    var descriptor =
        ServiceDescriptor.newBuilder(bound.getServiceDescriptor().getName())
            .setSchemaDescriptor(bound.getServiceDescriptor().getSchemaDescriptor())
            .addMethod(inferMethod)
            .addMethod(streamMethod);
    others.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var service =
        ServerServiceDefinition.builder(descriptor.build())
            .addMethod(inferMethod, infer)
            .addMethod(streamMethod, stream);
    others.forEach(service::addMethod);
    return service.build();
  }

  private static boolean isOneOf(MethodDescriptor<?, ?> method, MethodDescriptor<?, ?>... these) {
    return List.of(these).stream()
        .anyMatch(one -> one.getFullMethodName().equals(method.getFullMethodName()));
  }

  private static <T> MethodDescriptor<Received, T> unread(MethodDescriptor<?, T> method) {
    return method.toBuilder(new ReceivedMarshaller(), method.getResponseMarshaller()).build();
  }
}
