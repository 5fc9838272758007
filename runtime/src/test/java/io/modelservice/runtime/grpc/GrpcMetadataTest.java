package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.proto.DataType;
import io.modelservice.runtime.grpc.proto.ModelConfigRequest;
import io.modelservice.runtime.grpc.proto.ModelInstanceGroup;
import io.modelservice.runtime.grpc.proto.ModelMetadataRequest;
import io.modelservice.runtime.grpc.proto.ModelReadyRequest;
import io.modelservice.runtime.grpc.proto.ModelStatisticsRequest;
import io.modelservice.runtime.grpc.proto.RepositoryIndexRequest;
import io.modelservice.runtime.grpc.proto.ServerLiveRequest;
import io.modelservice.runtime.grpc.proto.ServerMetadataRequest;
import io.modelservice.runtime.grpc.proto.ServerReadyRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and probes ask before they send a request. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GrpcMetadataTest {
  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();
  private GrpcClient client;
  private String revision = "";

  @BeforeEach
  void serveSimple() throws Exception {
    client = new GrpcClient(server.port());
    revision = pod.serve("simple", PodClient.DEFAULTS);
  }

  @AfterEach
  void leave() {
    client.close();
  }

  @Test
  void theServerIsLiveAndReady() {
    var calls = client.calls();
    assertThat(calls.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
    assertThat(calls.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
    assertThat(calls.serverMetadata(ServerMetadataRequest.getDefaultInstance()).getName())
        .isEqualTo("modelservice");
  }

  @Test
  void theConfigurationHasTritonsTypes() {
    var request = ModelConfigRequest.newBuilder().setName("espresso").build();
    var config = client.calls().modelConfig(request).getConfig();

    assertThat(config.getName()).isEqualTo("espresso");
    assertThat(config.getInput(0).getDataType()).isEqualTo(DataType.TYPE_INT32);
    assertThat(config.getInput(0).getDimsList()).containsExactly(-1L, 16L);
    assertThat(config.getOutput(1).getName()).isEqualTo("OUTPUT1");
    assertThat(config.getInstanceGroup(0).getKind()).isEqualTo(ModelInstanceGroup.Kind.KIND_CPU);
    assertThat(config.getInstanceGroup(0).getCount()).isPositive();
    assertThat(config.getDynamicBatching().getPriorityLevels()).isEqualTo(3);
    assertThat(config.getDynamicBatching().getDefaultPriorityLevel()).isEqualTo(2);
  }

  @Test
  void statisticsAreThoseOfTheRevision() throws Exception {
    pod.post("/v2/models/espresso/infer", new byte[] {'{'}, null);

    await()
        .untilAsserted(
            () -> { // an answer is counted after it is sent
              var all = client.calls().modelStatistics(ModelStatisticsRequest.getDefaultInstance());
              assertThat(all.getModelStats(0).getVersion()).isEqualTo(revision);
              assertThat(all.getModelStats(0).getInferenceStats().getFail().getCount())
                  .isEqualTo(1);
            });
  }

  @Test
  void theModelIsReadyByItsNameAndRevision() {
    var ready = ModelReadyRequest.newBuilder().setName("espresso").setVersion(revision).build();
    assertThat(client.calls().modelReady(ready).getReady()).isTrue();
    var other = ModelReadyRequest.newBuilder().setName("latte").build();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> client.calls().modelReady(other))
        .withMessageContaining("NOT_FOUND: there is no model 'latte' here");
  }

  @Test
  void theMetadataOfTheModelAreItsSignature() {
    var request = ModelMetadataRequest.newBuilder().setName("espresso").build();
    var metadata = client.calls().modelMetadata(request);

    assertThat(metadata.getName()).isEqualTo("espresso");
    assertThat(metadata.getVersionsList()).containsExactly(revision);
    assertThat(metadata.getPlatform()).isEqualTo("onnx_onnxv1");
    assertThat(metadata.getInputsList()).extracting("name").containsExactly("INPUT0", "INPUT1");
    assertThat(metadata.getInputs(0).getDatatype()).isEqualTo("INT32");
    assertThat(metadata.getOutputs(1).getShapeList()).containsExactly(-1L, 16L);
  }

  @Test
  void theRepositoryHasTheRevisionThatAnswers() {
    var index = client.calls().repositoryIndex(RepositoryIndexRequest.getDefaultInstance());
    var model = index.getModels(0);
    assertThat(index.getModelsCount()).isEqualTo(1);
    assertThat(model.getName()).isEqualTo("espresso");
    assertThat(model.getVersion()).isEqualTo(revision);
    assertThat(model.getState()).isEqualTo("READY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "espresso"})
  void healthIsServing(String service) {
    var request = HealthCheckRequest.newBuilder().setService(service).build();
    assertThat(HealthGrpc.newBlockingStub(client.channel()).check(request).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void healthOfAnotherModelIsUnknown() {
    var request = HealthCheckRequest.newBuilder().setService("latte").build();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> HealthGrpc.newBlockingStub(client.channel()).check(request))
        .extracting(refused -> refused.getStatus().getCode())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aWatchIsToldTheHealth() {
    var seen = new Collected<HealthCheckResponse>();
    var request = HealthCheckRequest.newBuilder().setService("espresso").build();
    HealthGrpc.newStub(client.channel()).watch(request, seen);
    await().until(() -> !seen.values.isEmpty());
    assertThat(seen.values).extracting("status").containsExactly(ServingStatus.SERVING);
  }

  @Test
  void reflectionTellsTheServices() {
    var seen = new Collected<ServerReflectionResponse>();
    var calls = ServerReflectionGrpc.newStub(client.channel()).serverReflectionInfo(seen);
    calls.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    calls.onNext(
        ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol("inference.GRPCInferenceService")
            .build());
    await().until(() -> seen.values.size() == 2);
    assertThat(seen.values.get(0).getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains("inference.GRPCInferenceService", "grpc.health.v1.Health");
    assertThat(seen.values.get(1).hasFileDescriptorResponse()).isTrue();
  }

  private static final class Collected<T> implements StreamObserver<T> {
    private final List<T> values = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onNext(T value) {
      values.add(value);
    }

    @Override
    public void onError(Throwable problem) {}

    @Override
    public void onCompleted() {}
  }
}
