package io.modelservice.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.WebServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod gives its siblings the files that it has, and nobody else. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class ArtifactsTest {
  private static final String FOLDER = "/artifacts/a47ifac700";
  private static final String LABELS = FOLDER + "/files/labels.txt";

  private final PodClient pod = new PodClient();
  private final WebServer web = new WebServer();
  private String digest = "";
  private byte[] model = {};

  @BeforeEach
  void serve() throws Exception {
    model = Files.readAllBytes(TestModels.folder("simple").resolve("model.onnx"));
    web.put("/m/model.onnx", model);
    web.put("/m/labels.txt", "one\ntwo\n");
    var entry = PodClient.entry("a47ifac700", Role.Stable, web.uri("/m/"), PodClient.DEFAULTS);
    pod.put(ContractJson.write(pod.next(entry)), PodClient.TOKEN);
    digest = Objects.requireNonNull(pod.await("a47ifac700", Phase.Serving).digest());
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void filesAreGivenByRevisionAndByDigestWhileTheModelIsServed() throws Exception {
    for (var id : new String[] {FOLDER, "/artifacts/" + digest}) {
      assertThat(pod.take(id + "/files/model.onnx", PodClient.TOKEN, "").body())
          .as(id)
          .isEqualTo(model);
    }
  }

  @Test
  void theRestOfAFileIsGiven() throws Exception {
    var rest = pod.take(LABELS, PodClient.TOKEN, "bytes=4-");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.headers().firstValue("Content-Range")).hasValue("bytes 4-7/8");
    assertThat(rest.body()).asString().isEqualTo("two\n");
    assertThat(pod.take(LABELS, PodClient.TOKEN, "bytes=1-2").body()).asString().isEqualTo("ne");
    assertThat(pod.take(LABELS, PodClient.TOKEN, "bytes=8-").statusCode()).isEqualTo(416);
  }

  @Test
  void theManifestNamesEveryFileAndTheDigestButNotWhereTheyAreFrom() throws Exception {
    var answer = pod.take(FOLDER + "/manifest", PodClient.TOKEN, "");
    var manifest = new ObjectMapper().readTree(answer.body());
    assertThat(manifest.path("digest").asText()).isEqualTo(digest);
    assertThat(manifest.path("files").findValuesAsText("path"))
        .containsExactlyInAnyOrder("labels.txt", "model.onnx");
    assertThat(manifest.path("bytesDone").asLong()).isEqualTo(model.length + 8);
    assertThat(manifest.toString()).doesNotContain(web.uri(""));
  }

  @Test
  void withoutTheTokenNothingIsGiven() throws Exception {
    for (var path : new String[] {LABELS, FOLDER + "/manifest", "/artifacts/0/files/x"}) {
      for (var token : new String[] {"", "another", PodClient.TOKEN + "x"}) {
        assertThat(pod.take(path, token, "").statusCode()).as(path).isEqualTo(401);
      }
    }
  }

  @Test
  void onlyFilesOfTheArtifactAreGiven() throws Exception {
    for (var path :
        Arrays.asList(
            FOLDER + "/files/absent",
            FOLDER + "/files/",
            FOLDER + "/files/../manifest.json",
            FOLDER + "/files/%2e%2e/manifest.json",
            FOLDER + "/files/..%2fmanifest.json",
            FOLDER + "/files//etc/passwd",
            FOLDER + "/files/%2Fetc%2Fpasswd",
            "/artifacts/0000000000/manifest",
            "/artifacts/../artifacts/0/files/x")) {
      assertNothing(path);
    }
  }

  private void assertNothing(String path) throws IOException, InterruptedException {
    assertThat(pod.take(path, PodClient.TOKEN, "").statusCode()).as(path).isIn(400, 404);
  }
}
