package io.modelservice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is replaced again and again while clients go on, and the process stays as it is. */
class SwapIT {
  private static final int SWAPS = "full".equals(System.getenv("SCALE")) ? 1000 : 60;
  private static final long MEGABYTE = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = Collections.nCopies(16, "3").toString();
  private static final String REQUEST =
      """
      {"inputs": [{"name": "INPUT0", "datatype": "INT32", "shape": [1, 16], "data": %1$s},
                  {"name": "INPUT1", "datatype": "INT32", "shape": [1, 16], "data": %1$s}]}
      """
          .formatted(ROW);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger right = new AtomicInteger();
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private int api;
  private int state;

  @Test
  void noAnswerIsWrongAndMemoryComesBack(@TempDir Path folder) throws Exception {
    api = Program.freePort();
    state = Program.freePort();
    try (var program = Program.start(options(folder))) {
      await().atMost(PATIENCE).until(() -> program.status(state, "/q/health/ready") == 200);
      var go = new AtomicBoolean(true);
      var clients = List.of(client(go), client(go));

      swap(2, SWAPS / 4);
      var before = resident(program);
      swap(2 + SWAPS / 4, SWAPS - SWAPS / 4);
      var grown = (resident(program) - before) / MEGABYTE;

      go.set(false);
      for (var client : clients) {
        client.join();
      }
      assertThat(wrong).isEmpty();
      assertThat(right.get()).as("right answers").isGreaterThan(SWAPS);
      assertThat(grown).as("MB that the process has grown by").isLessThanOrEqualTo(50);
    }
  }

  private List<String> options(Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("plan.json"), ContractJson.write(plan(1)));
    return List.of(
        "-Xmx256m",
        "-Dmodelservice.plan.file=" + file,
        "-Dmodelservice.artifacts.folder=" + folder.resolve("artifacts"),
        "-Dmodelservice.grpc.port=" + Program.freePort(),
        "-Dquarkus.http.port=" + api,
        "-Dquarkus.management.port=" + state);
  }

  /** Odd plans have the model that adds, even ones the model that multiplies. */
  private static ServingPlan plan(int sequence) {
    var uri = sequence % 2 == 1 ? TestModels.uri("simple") : TestModels.uri("product");
    var entry = PodClient.entry(revision(sequence), Role.Stable, uri, PodClient.DEFAULTS);
    return new ServingPlan(1, sequence, "default/espresso", "token", "local", List.of(entry));
  }

  private static String revision(int sequence) {
    return "%010x".formatted(sequence);
  }

  private void swap(int first, int count) throws Exception {
    for (var sequence = first; sequence < first + count; sequence++) {
      var put =
          HttpRequest.newBuilder(URI.create("http://localhost:" + state + "/plan"))
              .header("Authorization", "Bearer token")
              .PUT(BodyPublishers.ofString(ContractJson.write(plan(sequence))))
              .build();
      assertThat(http.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      var revision = revision(sequence);
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> only(revision));
    }
  }

  /** Whether the pod holds this revision alone, and answers with it. */
  private boolean only(String revision) throws Exception {
    var get = HttpRequest.newBuilder(URI.create("http://localhost:" + state + "/state")).build();
    var models = ContractJson.readState(http.send(get, BodyHandlers.ofByteArray()).body()).models();
    return models.size() == 1
        && models.getFirst().revision().equals(revision)
        && models.getFirst().phase() == PodState.Phase.Serving;
  }

  private Thread client(AtomicBoolean go) {
    return Thread.ofPlatform()
        .start(
            () -> {
              while (go.get()) {
                ask();
              }
            });
  }

  private void ask() {
    var post =
        HttpRequest.newBuilder(URI.create("http://localhost:" + api + "/v2/models/espresso/infer"))
            .POST(BodyPublishers.ofString(REQUEST))
            .build();
    try {
      var answer = http.send(post, BodyHandlers.ofByteArray());
      var text = new String(answer.body(), UTF_8);
      var revision = answer.headers().firstValue("X-ModelService-Revision").orElse("0");
      var expected = Integer.parseInt(revision, 16) % 2 == 1 ? 6 : 9;
      var found = JSON.readTree(text).at("/outputs/0/data/15").asInt();
      if (answer.statusCode() == 200 && found == expected) {
        right.incrementAndGet();
      } else {
        wrong.add(revision + ": " + answer.statusCode() + " " + text);
      }
    } catch (IOException e) {
      wrong.add("after %d right answers: %s".formatted(right.get(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long resident(Program program) throws IOException {
    var status = Files.readString(Path.of("/proc/" + program.process().pid() + "/status"));
    var line = status.lines().filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
