package io.modelservice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.e2e.client.Calculator;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Origin;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However many pods a service has, its model is read once, and all answer with the same bytes. */
@OnCluster
@Tag("supply")
class DownloadOnceE2E {
  private static final String MODEL = "model.onnx";
  private static final String LABELS = "labels.txt";

  private final Origin origin = new Origin();
  private byte[] model = {};

  @BeforeEach
  void aModelIsThere(Space space) throws IOException {
    model = content(space, "simple");
    origin.put(MODEL, model);
    origin.put(LABELS, "sum\ndifference\n".getBytes(UTF_8));
  }

  @AfterEach
  void leave(Space space) {
    space.kubectl("delete", "ms", "--all");
    space.awaitNoPods("calculator");
    origin.close();
  }

  @Test
  void podsThatStartTogetherReadTheModelOnceAndLaterOnesNever(Space space) throws Exception {
    space.apply("calculator", spec(6));
    var first = space.awaitReady("calculator");
    assertThat(nodes(space)).as("nodes").hasSize(2);
    assertThat(origin.downloads(MODEL)).isEqualTo(1);
    assertThat(origin.downloads(LABELS)).isEqualTo(1);
    assertThat(origin.bytes(MODEL)).isEqualTo(model.length);
    refusesWithoutTheToken(space);

    origin.put(MODEL, content(space, "product"));
    space.scale("calculator", 7);

    assertThat(origin.downloads(MODEL)).isEqualTo(1);
    assertThat(space.awaitReady("calculator").digest()).isEqualTo(first.digest());
    assertThat(Calculator.answers(space.podEndpoints("calculator")))
        .as("answer of any pod")
        .hasSize(7)
        .containsOnly(5);
  }

  @Test
  void aSeedThatDiesWhileItReadsCostsOneMoreDownload(Space space) {
    origin.slow(20);
    space.apply("calculator", spec(3));
    await("the first download")
        .atMost(Duration.ofMinutes(2))
        .until(() -> origin.downloads(MODEL) == 1);
    var seed = plan(space).seed();

    space.kubectl("delete", "pod", String.valueOf(seed), "--grace-period=0", "--force");
    assertThat(origin.bytes(MODEL)).as("bytes so far").isLessThan(model.length);
    space.awaitReady("calculator");

    assertThat(plan(space).seed()).isNotEqualTo(seed);
    assertThat(origin.downloads(MODEL)).isEqualTo(2);
  }

  private static void refusesWithoutTheToken(Space space) throws Exception {
    var address = "http://" + space.pods("calculator").getFirst().getStatus().getPodIP() + ":9000";
    var revision = space.stable("calculator").revision();
    var manifest = URI.create(address + "/artifacts/" + revision + "/manifest");
    var plan = URI.create(address + "/plan");
    try (var client = HttpClient.newHttpClient()) {
      var get = HttpRequest.newBuilder(manifest);
      var put = HttpRequest.newBuilder(plan).PUT(BodyPublishers.ofString("{}"));
      for (var request : List.of(get.build(), put.build())) {
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
      }
      get.header("Authorization", "Bearer " + plan(space).token());
      assertThat(client.send(get.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  private static ServingPlan plan(Space space) {
    var map = space.client().configMaps().inNamespace(space.name()).withName("calculator-plan");
    try {
      var json = String.valueOf(map.get().getData().get("plan.json"));
      return ContractJson.readPlan(json.getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError("the plan cannot be read", e);
    }
  }

  private String spec(int replicas) {
    return "model: {uri: \"%s\"}\nreplicas: %d\n".formatted(origin.uri(), replicas);
  }

  private static List<String> nodes(Space space) {
    return space.pods("calculator").stream()
        .map(Pod::getSpec)
        .map(PodSpec::getNodeName)
        .distinct()
        .toList();
  }

  private static byte[] content(Space space, String name) throws IOException {
    return Files.readAllBytes(space.cluster().settings().smallModel(name));
  }
}
