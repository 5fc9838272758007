package io.modelservice.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.ServingPlan.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod is killed again and again while its model comes. */
class KilledFetchIT {
  private static final int KILLS = "full".equals(System.getenv("SCALE")) ? 50 : 5;
  private static final int MOST_OF_A_LIFE = 256 << 10;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(10);
  private static final String PATH = "/model.onnx";

  private final Random random = new Random(5);

  @Test
  void itGoesOnWithTheBytesThatItHasAndServesTheRightOnes(@TempDir Path folder) throws Exception {
    try (var web = new WebServer()) {
      var model = TestModels.behind(random(KILLS * MOST_OF_A_LIFE), "simple");
      web.put(PATH, model);
      web.slowDown(Duration.ofMillis(10));
      var management = Program.freePort();
      var entry = PodClient.entry("aaaaaaaaaa", Role.Stable, web.uri(PATH), PodClient.DEFAULTS);
      var options = Program.options(folder, entry, Program.freePort(), management);

      for (var kill = 0; kill < KILLS; kill++) {
        var enough = web.sent() + 1 + random.nextInt(MOST_OF_A_LIFE);
        try (var program = Program.start(options)) {
          await().atMost(LONG).pollInterval(GLANCE).until(() -> web.sent() >= enough);
          program.process().destroyForcibly().waitFor();
        }
      }

      try (var program = Program.start(options)) {
        await().atMost(LONG).until(() -> program.status(management, "/q/health/ready") == 200);
        assertThat(state(management).models().getFirst().digest()).isEqualTo(digest(model));
      }
      assertThat(firstBytes(web)).hasSizeGreaterThan(1).isSorted();
      assertThat(firstBytes(web).getLast()).isPositive();
    }
  }

  /** Where each request for the file began. */
  private static List<Long> firstBytes(WebServer web) {
    return web.requests().stream()
        .filter(request -> request.startsWith("GET"))
        .map(request -> request.replaceAll("^[^=]*=?|-$", ""))
        .map(first -> first.isEmpty() ? 0 : Long.parseLong(first))
        .toList();
  }

  private static PodState state(int management) throws IOException, InterruptedException {
    var uri = URI.create("http://localhost:" + management + "/state");
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
      return ContractJson.readState(answer.body());
    }
  }

  private byte[] random(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** As HashedFile has it: of the only file. */
  private static String digest(byte[] model) throws Exception {
    var line = "model.onnx\0" + sha256(model) + "\n";
    return "sha256:" + sha256(line.getBytes(UTF_8));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
