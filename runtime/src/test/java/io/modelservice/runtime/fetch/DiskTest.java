package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.WebServer;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has no room is not begun. */
class DiskTest {
  @TempDir Path folder;
  private final WebServer web = new WebServer();

  @BeforeEach
  void start() {
    web.put("/m.onnx", "0123456789");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void anArtifactLargerThanTheDiskIsNotBegun() {
    web.claim("/m.onnx", 1L << 60);
    assertFull(new ArtifactStore(folder));
    assertThat(web.requests()).containsExactly("HEAD /m.onnx");
  }

  @Test
  void allArtifactsTogetherStayBelowTheLimit() {
    var store = new ArtifactStore(folder, OptionalLong.of(9));
    assertFull(store);
  }

  @Test
  void whatIsHereAlreadyNeedsNoMoreRoom() throws Exception {
    assertThat(fetch(new ArtifactStore(folder)).model()).hasContent("0123456789");
    var size = folder.resolve("aaaaaaaaaa/manifest.json").toFile().length() + 10;
    var full = new ArtifactStore(folder, OptionalLong.of(size));
    assertThat(fetch(full).model()).hasContent("0123456789");
  }

  private void assertFull(ArtifactStore store) {
    assertThatThrownBy(() -> fetch(store))
        .hasMessageContaining("MiB left")
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DiskFull));
  }

  private Artifact fetch(ArtifactStore store) throws FetchException, InterruptedException {
    var sources = new SourceFactory(new Credentials(folder.resolve("absent"), Map.of()));
    return new Fetcher(sources, store).fetch(Entries.of(web.uri("/m.onnx"), null), new Progress());
  }
}
