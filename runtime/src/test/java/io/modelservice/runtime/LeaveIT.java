package io.modelservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.grpc.GrpcClient;
import io.modelservice.runtime.grpc.proto.GRPCInferenceServiceGrpc;
import io.modelservice.runtime.grpc.proto.ModelStreamInferResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod that is told to stop lets nobody down. */
class LeaveIT {
  private static final String REQUEST =
      "{\"inputs\":[{\"name\":\"in\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[1,2]}]}";
  private static final int TERMINATED = 143;

  /** Rounds of the model slow that take some seconds longer than the pod waits before it goes. */
  private static final long MORE_THAN_THE_DRAIN = 30_000;

  @Test
  void noRequestFailsAfterSigterm(@TempDir Path folder) throws Exception {
    var api = Program.freePort();
    var management = Program.freePort();
    try (var program = Program.start(options(folder, "identity-fp32", api, management))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> program.status(management, "/q/health/ready") == 200);
      var statuses = Collections.synchronizedList(new ArrayList<Integer>());
      var go = new AtomicBoolean(true);
      var client = Thread.ofPlatform().start(() -> sendUntil(go, api, statuses));
      await().until(() -> statuses.size() > 50);

      program.process().destroy();

      await().until(() -> program.status(management, "/q/health/ready") == 503);
      var before = statuses.size();
      await().until(() -> statuses.size() > before + 50); // it serves on while endpoints change
      go.set(false);
      client.join();
      assertThat(program.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(statuses).containsOnly(200);
      assertThat(program.process().exitValue()).isEqualTo(TERMINATED);
      // stopped before the JVM's shutdown hooks began, of which one frees the engine
      assertThat(program.output())
          .containsPattern("stopped in .*\"threadName\":\"main\"")
          .doesNotContain("SIGSEGV");
    }
  }

  @Test
  void grpcCallsThatAreUnderWayAreAnswered(@TempDir Path folder) throws Exception {
    var grpc = Program.freePort();
    var management = Program.freePort();
    var options = new ArrayList<>(options(folder, "slow", Program.freePort(), management));
    options.add("-Dmodelservice.grpc.port=" + grpc);
    options.add("-Dmodelservice.drain.delay=1s");
    try (var program = Program.start(options);
        var client = new GrpcClient(grpc)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> program.status(management, "/q/health/ready") == 200);
      var stream = new Ended();
      client.asyncCalls().modelStreamInfer(stream).onNext(GrpcClient.slow(1));
      var call =
          GRPCInferenceServiceGrpc.newFutureStub(client.channel())
              .modelInfer(GrpcClient.slow(MORE_THAN_THE_DRAIN));
      await().until(() -> stream.answers.get() == 1);

      program.process().destroy();

      assertThat(call.get(60, TimeUnit.SECONDS).getOutputsCount()).isEqualTo(1);
      assertThat(stream.status.get(10, TimeUnit.SECONDS).getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(program.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(program.process().exitValue()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void soundThatStillComesIsToldToGoElsewhere(@TempDir Path folder) throws Exception {
    var api = Program.freePort();
    var management = Program.freePort();
    var speech = Settings.of(Task.VOICE_ACTIVITY_DETECTION);
    var options = new ArrayList<>(options(folder, "loudness", speech, api, management));
    options.add("-Dmodelservice.drain.delay=1s");
    try (var program = Program.start(options)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> program.status(management, "/q/health/ready") == 200);
      var client = SoundClient.open(api, "");
      client.say(new byte[3200]);

      program.process().destroy();
      await().until(() -> program.status(management, "/q/health/ready") == 503);
      client.say(new byte[3200]);

      assertThat(client.closed()).isEqualTo("1001 the pod leaves: begin a new stream");
      assertThat(program.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(program.process().exitValue()).isEqualTo(TERMINATED);
    }
  }

  /** Sees how a stream ends. */
  private static final class Ended implements StreamObserver<ModelStreamInferResponse> {
    private final AtomicInteger answers = new AtomicInteger();
    private final CompletableFuture<Status> status = new CompletableFuture<>();

    @Override
    public void onNext(ModelStreamInferResponse response) {
      answers.incrementAndGet();
    }

    @Override
    public void onError(Throwable problem) {
      status.complete(Status.fromThrowable(problem));
    }

    @Override
    public void onCompleted() {
      status.complete(Status.OK);
    }
  }

  private static List<String> options(Path folder, String model, int api, int management)
      throws IOException {
    return options(folder, model, PodClient.DEFAULTS, api, management);
  }

  private static List<String> options(
      Path folder, String model, Settings settings, int api, int management) throws IOException {
    var entry = PodClient.entry("aaaaaaaaaa", Role.Stable, TestModels.uri(model), settings);
    var options = new ArrayList<>(Program.options(folder, entry, api, management));
    options.add("-Dmodelservice.drain.delay=4s");
    return options;
  }

  private static void sendUntil(AtomicBoolean go, int port, List<Integer> statuses) {
    var uri = URI.create("http://localhost:" + port + "/v2/models/espresso/infer");
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (go.get()) {
        var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(REQUEST)).build();
        statuses.add(http.send(request, BodyHandlers.discarding()).statusCode());
      }
    } catch (IOException | InterruptedException e) {
      statuses.add(0);
    }
  }
}
