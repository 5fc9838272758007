package io.modelservice.runtime.grpc;

import io.grpc.stub.StreamObserver;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.modelservice.runtime.grpc.proto.ModelConfigRequest;
import io.modelservice.runtime.grpc.proto.ModelConfigResponse;
import io.modelservice.runtime.grpc.proto.ModelMetadataRequest;
import io.modelservice.runtime.grpc.proto.ModelMetadataResponse;
import io.modelservice.runtime.grpc.proto.ModelMetadataResponse.TensorMetadata;
import io.modelservice.runtime.grpc.proto.ModelReadyRequest;
import io.modelservice.runtime.grpc.proto.ModelReadyResponse;
import io.modelservice.runtime.grpc.proto.ModelStatisticsRequest;
import io.modelservice.runtime.grpc.proto.ModelStatisticsResponse;
import io.modelservice.runtime.grpc.proto.RepositoryIndexRequest;
import io.modelservice.runtime.grpc.proto.RepositoryIndexResponse;
import io.modelservice.runtime.grpc.proto.RepositoryIndexResponse.ModelIndex;
import io.modelservice.runtime.grpc.proto.ServerLiveRequest;
import io.modelservice.runtime.grpc.proto.ServerLiveResponse;
import io.modelservice.runtime.grpc.proto.ServerMetadataRequest;
import io.modelservice.runtime.grpc.proto.ServerMetadataResponse;
import io.modelservice.runtime.grpc.proto.ServerReadyRequest;
import io.modelservice.runtime.grpc.proto.ServerReadyResponse;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryRegisterRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryRegisterResponse;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryStatusRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryStatusResponse;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryUnregisterRequest;
import io.modelservice.runtime.grpc.proto.SystemSharedMemoryUnregisterResponse;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.tensor.TensorSpec;
import io.modelservice.runtime.transport.Drain;
import io.modelservice.runtime.transport.ServedModel;
import io.modelservice.runtime.transport.ServerMetadata;
import java.util.List;

/** The calls of the protocol that are no inference. */
final class MetadataService extends GRPCInferenceServiceImplBase {
  private final ServedModel model;
  private final Drain drain;
  private final ServerMetadata server;
  private final SharedMemoryCalls sharedMemory;

  MetadataService(
      ServedModel model, Drain drain, ServerMetadata server, SharedMemoryCalls sharedMemory) {
    this.model = model;
    this.drain = drain;
    this.server = server;
    this.sharedMemory = sharedMemory;
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> to) {
    answer(to, ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> to) {
    answer(to, ServerReadyResponse.newBuilder().setReady(ready()).build());
  }

  private boolean ready() {
    return model.ready() && !drain.leaving();
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> to) {
    answer(
        to,
        ServerMetadataResponse.newBuilder()
            .setName(server.name())
            .setVersion(server.version())
            .addAllExtensions(server.extensions())
            .build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> to) {
    try {
      model.checkName(request.getName());
      if (model.ready()) {
        withModel(request.getName(), request.getVersion(), Served::revision);
      }
      answer(to, ModelReadyResponse.newBuilder().setReady(ready()).build());
    } catch (RequestException e) {
      to.onError(Codes.of(e).asException());
    }
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> to) {
    try {
      answer(to, withModel(request.getName(), request.getVersion(), this::metadata));
    } catch (RequestException e) {
      to.onError(Codes.of(e).asException());
    }
  }

  private ModelMetadataResponse metadata(Served served) {
    return ModelMetadataResponse.newBuilder()
        .setName(model.name())
        .addVersions(served.revision())
        .setPlatform("onnx_onnxv1")
        .addAllInputs(tensors(served.signature().inputs()))
        .addAllOutputs(tensors(served.signature().outputs()))
        .build();
  }

  private static List<TensorMetadata> tensors(List<TensorSpec> specs) {
    return specs.stream()
        .map(
            spec ->
                TensorMetadata.newBuilder()
                    .setName(spec.name())
                    .setDatatype(spec.datatype().name())
                    .addAllShape(spec.shape())
                    .build())
        .toList();
  }

  @Override
  public void repositoryIndex(
      RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> to) {
    var index = RepositoryIndexResponse.newBuilder();
    try {
      var revision = withModel(model.name(), "", Served::revision);
      index.addModels(entry("READY").setVersion(revision));
    } catch (RequestException e) {
      if (!request.getReady()) {
        index.addModels(entry("UNAVAILABLE").setReason(e.line()));
      }
    }
    answer(to, index.build());
  }

  @Override
  public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> to) {
    try {
      var config =
          withModel(
              request.getName(),
              request.getVersion(),
              served -> ConfigMessage.of(model.name(), served));
      answer(to, ModelConfigResponse.newBuilder().setConfig(config).build());
    } catch (RequestException e) {
      to.onError(Codes.of(e).asException());
    }
  }

  @Override
  public void modelStatistics(
      ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> to) {
    try {
      var name = request.getName().isEmpty() ? model.name() : request.getName();
      var statistics =
          withModel(
              name, request.getVersion(), served -> StatisticsMessage.of(model.name(), served));
      answer(to, ModelStatisticsResponse.newBuilder().addModelStats(statistics).build());
    } catch (RequestException e) {
      to.onError(Codes.of(e).asException());
    }
  }

  @Override
  public void systemSharedMemoryStatus(
      SystemSharedMemoryStatusRequest request,
      StreamObserver<SystemSharedMemoryStatusResponse> to) {
    sharedMemory.status(request, to);
  }

  @Override
  public void systemSharedMemoryRegister(
      SystemSharedMemoryRegisterRequest request,
      StreamObserver<SystemSharedMemoryRegisterResponse> to) {
    sharedMemory.register(request, to);
  }

  @Override
  public void systemSharedMemoryUnregister(
      SystemSharedMemoryUnregisterRequest request,
      StreamObserver<SystemSharedMemoryUnregisterResponse> to) {
    sharedMemory.unregister(request, to);
  }

  private ModelIndex.Builder entry(String state) {
    return ModelIndex.newBuilder().setName(model.name()).setState(state);
  }

  /** What a caller wants to know of the model. */
  @FunctionalInterface
  private interface Question<T> {
    T of(Served served);
  }

  private <T> T withModel(String name, String revision, Question<T> question)
      throws RequestException {
    model.checkName(name);
    var served = model.lease();
    try {
      model.checkVersion(revision.isEmpty() ? null : revision, served);
      return question.of(served);
    } finally {
      served.release();
    }
  }

  private static <T> void answer(StreamObserver<T> to, T with) {
    to.onNext(with);
    to.onCompleted();
  }
}
