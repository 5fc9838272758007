package io.modelservice.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.stub.StreamObserver;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.grpc.proto.ModelStreamInferResponse;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many requests by one call. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class GrpcStreamTest {
  private static final String END = "end";

  @Inject GrpcServer server;
  private final PodClient pod = new PodClient();
  private final List<Object> events = Collections.synchronizedList(new ArrayList<>());
  private GrpcClient client;

  @BeforeEach
  void serveSimple() throws Exception {
    client = new GrpcClient(server.port());
    pod.serve("simple", PodClient.DEFAULTS);
  }

  @AfterEach
  void leave() {
    client.close();
  }

  private final class Listener implements StreamObserver<ModelStreamInferResponse> {
    @Override
    public void onNext(ModelStreamInferResponse response) {
      events.add(response);
    }

    @Override
    public void onError(Throwable problem) {
      events.add(problem);
    }

    @Override
    public void onCompleted() {
      events.add(END);
    }
  }

  private void awaitEnd() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !events.isEmpty() && events.getLast().equals(END));
  }

  private ModelStreamInferResponse response(int index) {
    return (ModelStreamInferResponse) events.get(index);
  }

  @Test
  void answersComeInTheOrderOfTheRequests() {
    var stream = client.asyncCalls().modelStreamInfer(new Listener());
    IntStream.range(0, 200)
        .forEach(i -> stream.onNext(GrpcClient.simpleRaw(i).setId("r" + i).build()));
    stream.onCompleted();
    awaitEnd();

    assertThat(events).hasSize(201);
    for (var i = 0; i < 200; i++) {
      var answer = response(i).getInferResponse();
      assertThat(answer.getId()).isEqualTo("r" + i);
      assertThat(GrpcClient.ints(answer.getRawOutputContents(0))).startsWith(i + 1);
    }
  }

  @Test
  void theErrorOfOneRequestLeavesTheOthersAlone() {
    var stream = client.asyncCalls().modelStreamInfer(new Listener());
    stream.onNext(GrpcClient.simple(0).setId("good").build());
    stream.onNext(GrpcClient.simple(0).setId("bad").setModelName("latte").build());
    stream.onNext(GrpcClient.simple(0).setId("good again").build());
    stream.onCompleted();
    awaitEnd();

    assertThat(response(0).getErrorMessage()).isEmpty();
    assertThat(response(1).getErrorMessage()).contains("no model 'latte' here");
    assertThat(response(1).getInferResponse().getId()).isEqualTo("bad");
    assertThat(response(2).getErrorMessage()).isEmpty();
    assertThat(response(2).getInferResponse().getId()).isEqualTo("good again");
  }

  @Test
  void aStreamOutlivesTheModelThatItBeganWith() throws Exception {
    var stream = client.asyncCalls().modelStreamInfer(new Listener());
    stream.onNext(GrpcClient.simple(0).build());
    await().until(() -> events.size() == 1);
    var next = pod.serve("simple", PodClient.DEFAULTS);
    stream.onNext(GrpcClient.simple(0).build());
    stream.onCompleted();
    awaitEnd();
    assertThat(response(1).getInferResponse().getModelVersion()).isEqualTo(next);
  }
}
