package io.modelservice.runtime.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.WebServer;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts come from a plain web server. */
class HttpSourceTest {
  @TempDir Path folder;
  private final WebServer web = new WebServer();

  @BeforeEach
  void start() {
    web.put("/espresso/model.onnx", "the weights");
    web.put("/espresso/labels.txt", "espresso\n");
    web.put("/espresso/readme.txt", "not asked for");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void ofAFolderTheWellKnownFilesCome() throws Exception {
    var artifact = fetch(null, "/espresso/");
    assertThat(artifact.files().stream().map(HashedFile::path))
        .containsExactly("labels.txt", "model.onnx");
    assertThat(artifact.model()).hasContent("the weights");
  }

  @Test
  void oneFileIsAnArtifactOfTheSameContentWhateverItsName() throws Exception {
    web.put("/other/best.onnx", "the weights");
    var one = fetch(null, "/espresso/model.onnx");
    assertThat(fetch(null, "/other/best.onnx").digest()).isEqualTo(one.digest());
  }

  @Test
  void theDigestIsThatOfItsRule() throws Exception {
    var lines = "model.onnx\0" + Sha256.hex("the weights".getBytes(UTF_8)) + "\n";
    assertThat(fetch(null, "/espresso/model.onnx").digest())
        .isEqualTo("sha256:" + Sha256.hex(lines.getBytes(UTF_8)));
  }

  @Test
  void whatIsMissingForbiddenOrFailingIsNamed() {
    web.answer("/forbidden.onnx", 403);
    web.answer("/failing.onnx", 502);
    assertRefused("/absent.onnx", Reason.ArtifactNotFound, "status 404");
    assertRefused("/forbidden.onnx", Reason.AccessDenied, "status 403");
    assertRefused("/failing.onnx", Reason.StoreUnreachable, "status 502");
  }

  @Test
  void aServerThatKnowsNoHeadIsAskedByGet() throws Exception {
    web.answerHead(405);
    assertThat(fetch(null, "/espresso/model.onnx").model()).hasContent("the weights");
  }

  @Test
  void aQueryWithASignatureIsNotTold() {
    assertThatThrownBy(() -> fetch(null, "/absent.onnx?signature=secret"))
        .hasMessageContaining("/absent.onnx")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aRestartedContainerUsesWhatItHasWithoutTheStore() throws Exception {
    var digest = fetch(null, "/espresso/").digest();
    web.close();
    assertThat(fetch(digest, "/espresso/").digest()).isEqualTo(digest);
  }

  @Test
  void aRestartedContainerFetchesOnlyWhatItLacks() throws Exception {
    fetch(null, "/espresso/");
    Files.writeString(
        folder.resolve("aaaaaaaaaa/files/labels.txt"), "latte   \n"); // same size, other bytes
    web.forgetRequests();

    var artifact = fetch(null, "/espresso/");

    assertThat(artifact.file("labels.txt")).hasContent("espresso");
    assertThat(web.requests()).contains("GET /espresso/labels.txt");
    assertThat(web.requests()).doesNotContain("GET /espresso/model.onnx");
  }

  private Artifact fetch(@Nullable String digest, String path)
      throws FetchException, InterruptedException {
    var sources = new SourceFactory(new Credentials(folder, Map.of()));
    var entry = Entries.of(web.uri(path), digest);
    return new Fetcher(sources, new ArtifactStore(folder)).fetch(entry, new Progress());
  }

  private void assertRefused(String path, Reason reason, String part) {
    assertThatThrownBy(() -> fetch(null, path))
        .hasMessageContaining(part)
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
