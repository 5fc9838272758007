package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model lies on a claim that the operator has mounted. */
class ClaimTest {
  @TempDir Path folder;

  @BeforeEach
  void upload() throws IOException {
    put("models/espresso/model.onnx", "the weights");
    put("models/espresso/deep/labels.txt", "espresso");
  }

  @Test
  void itIsServedWhereItLies() throws Exception {
    var artifact = fetch("pvc://models/espresso");

    assertThat(artifact.folder()).isEqualTo(folder.resolve("claims/models/espresso"));
    assertThat(artifact.paths()).containsExactly("deep/labels.txt", "model.onnx");
    assertThat(artifact.digest()).startsWith("sha256:");
  }

  @Test
  void theWholeClaimMayBeTheModel() throws Exception {
    put("one/model.onnx", "the weights");
    assertThat(fetch("pvc://one").paths()).containsExactly("model.onnx");
    assertThat(fetch("pvc://one/").paths()).containsExactly("model.onnx");
  }

  @Test
  void aFileThatIsWrittenAgainHasAnotherPin() throws Exception {
    var before = fetch("pvc://models/espresso").pin();
    var file = folder.resolve("claims/models/espresso/model.onnx");
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
    assertThat(fetch("pvc://models/espresso").pin().sameContent(before)).isFalse();
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertRefused("pvc://models/absent", Reason.ArtifactNotFound, "pvc://models/absent");
    assertRefused("pvc://absent/espresso", Reason.ArtifactNotFound, "pvc://absent/espresso");
    assertRefused("pvc://models/espresso/deep", Reason.ArtifactInvalid, "no model.onnx");
  }

  @Test
  void noPathAndNoLinkLeadsOutOfTheClaim() throws IOException {
    put("secret", "key");
    Files.createSymbolicLink(
        folder.resolve("claims/models/espresso/stolen.txt"), folder.resolve("claims/secret"));
    assertRefused("pvc://models/espresso", Reason.ArtifactInvalid, "'stolen.txt'");
    assertRefused("pvc://models/../other", Reason.ArtifactInvalid, "outside of claim");
  }

  private void put(String path, String content) throws IOException {
    var file = folder.resolve("claims").resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, content);
  }

  private void assertRefused(String uri, Reason reason, String part) {
    assertThatThrownBy(() -> fetch(uri))
        .hasMessageContaining(part)
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private Artifact fetch(String uri) throws FetchException, InterruptedException {
    var sources =
        new SourceFactory(
            new Credentials(folder.resolve("keys"), Map.of()), folder.resolve("claims"));
    var store = new ArtifactStore(folder.resolve("store"));
    return new Fetcher(sources, store).fetch(Entries.of(uri, null), new Progress());
  }
}
