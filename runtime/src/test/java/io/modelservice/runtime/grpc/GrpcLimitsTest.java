package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call ends in time, and when nobody waits for it its lane is free for others. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GrpcLimitsTest {
  private static final long ENDLESS = 10_000_000;
  private static final int MORE_THAN_CAN_WAIT = 1100;

  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();
  private GrpcClient client;

  @BeforeEach
  void connect() {
    client = new GrpcClient(server.port());
  }

  @AfterEach
  void theLaneIsFree() {
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(() -> client.infer(GrpcClient.slow(1)).getOutputsCount() == 1);
    client.close();
  }

  private void serveOneLane(String timeout) throws Exception {
    pod.serve("slow", new Settings(null, null, 1, timeout, null, null));
  }

  @Test
  void aRequestMayBringItsTimeoutAsForTriton() throws Exception {
    serveOneLane("20s");
    var timeout = GrpcClient.number(200_000);
    var request = GrpcClient.slow(ENDLESS).toBuilder().putParameters("timeout", timeout).build();

    var status = client.refusal(request).getStatus();

    assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(status.getDescription()).contains("200000 us");
  }

  @Test
  void aRequestThatTakesLongerThanTheTimeoutOfTheModelEnds() throws Exception {
    serveOneLane("300ms");
    var status = client.refusal(GrpcClient.slow(ENDLESS)).getStatus();
    assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(status.getDescription()).contains("300 ms");
  }

  @Test
  void theDeadlineOfTheClientEndsTheRun() throws Exception {
    serveOneLane("60s");
    var calls =
        GRPCInferenceServiceGrpc.newFutureStub(client.channel())
            .withDeadlineAfter(300, TimeUnit.MILLISECONDS);
    assertThat(calls.modelInfer(GrpcClient.slow(ENDLESS)))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("DEADLINE_EXCEEDED");
  }

  @Test
  void aClientThatCancelsEndsTheRun() throws Exception {
    serveOneLane("60s");
    var call = begin();
    awaitBusyLane();
    call.cancel(true);
  }

  @Test
  void aClientThatIsGoneEndsTheRun() throws Exception {
    serveOneLane("60s");
    var call = begin();
    awaitBusyLane();
    client.close();
    assertThat(call).failsWithin(Duration.ofSeconds(10));
    connect();
  }

  @Test
  void aFullQueueRefusesAtOnce() throws Exception {
    serveOneLane("60s");
    var calls = IntStream.range(0, MORE_THAN_CAN_WAIT).mapToObj(i -> begin()).toList();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> calls.stream().filter(Future::isDone).count() > 0);
    assertThat(calls)
        .filteredOn(Future::isDone)
        .extracting(call -> Status.fromThrowable(call.exceptionNow()).getCode())
        .containsOnly(Code.RESOURCE_EXHAUSTED);

    calls.forEach(call -> call.cancel(true));
  }

  private Future<ModelInferResponse> begin() {
    return GRPCInferenceServiceGrpc.newFutureStub(client.channel())
        .modelInfer(GrpcClient.slow(ENDLESS));
  }

  private void awaitBusyLane() {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> pod.manage("/q/metrics").body().contains("modelservice_lanes_busy 1.0"));
  }
}
