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
import io.modelservice.runtime.source.http.HttpSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connection that is cut costs only what had not come yet. Each attempt here is that of a process
 * of its own, on the disk of the one before.
 */
class ResumedFetchTest {
  private static final String WEIGHTS = "0123456789";

  @TempDir Path folder;
  private final WebServer web = new WebServer();
  private final Progress progress = new Progress();

  @BeforeEach
  void start() {
    web.put("/m.onnx", WEIGHTS);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void afterACutOnlyTheRestIsFetched() throws Exception {
    web.cut("/m.onnx", 4);
    assertCut();

    assertWhole(fetch(), WEIGHTS);
    assertThat(web.requests()).last().isEqualTo("GET /m.onnx bytes=4-");
    assertThat(progress.done()).isEqualTo(10);
  }

  @Test
  void aTransferThatIsCutAgainAndAgainComesToItsEnd() throws Exception {
    web.cut("/m.onnx", 1, 0, 3, 5);
    for (var attempt = 0; attempt < 4; attempt++) {
      assertCut();
    }
    assertWhole(fetch(), WEIGHTS);
    assertThat(web.requests().stream().filter(request -> request.startsWith("GET")))
        .containsExactly(
            "GET /m.onnx",
            "GET /m.onnx bytes=1-",
            "GET /m.onnx bytes=1-",
            "GET /m.onnx bytes=4-",
            "GET /m.onnx bytes=9-");
  }

  @Test
  void contentThatHasChangedIsFetchedFromItsBeginning() throws Exception {
    web.cut("/m.onnx", 4);
    assertCut();
    web.put("/m.onnx", "ABCDEFGHIJ");

    assertWhole(fetch(), "ABCDEFGHIJ");
    assertThat(web.requests()).last().isEqualTo("GET /m.onnx");
  }

  @Test
  void theRestOfContentThatChangesAfterItWasListedIsNotTaken() throws Exception {
    var source = new HttpSource(URI.create(web.uri("/m.onnx")));
    var listed = source.list().getFirst();
    web.put("/m.onnx", "ABCDEFGHIJ");
    assertThatThrownBy(() -> source.open(listed, 4).close())
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("changed while it was read");
  }

  @Test
  void aServerThatKnowsNoRangesSendsAllAgain() throws Exception {
    web.forgetRanges();
    web.cut("/m.onnx", 4);
    assertCut();
    assertWhole(fetch(), WEIGHTS);
    assertThat(progress.done()).isEqualTo(10);
  }

  @Test
  void withoutAnEtagAllIsFetchedAgain() throws Exception {
    web.forgetEtags();
    web.cut("/m.onnx", 4);
    assertCut();
    assertWhole(fetch(), WEIGHTS);
    assertThat(web.requests()).last().isEqualTo("GET /m.onnx");
  }

  @Test
  void aPartWhoseNoteIsDamagedIsNotUsed() throws Exception {
    web.cut("/m.onnx", 4);
    assertCut();
    Files.writeString(folder.resolve("aaaaaaaaaa/part.json"), "{");
    assertWhole(fetch(), WEIGHTS);
    assertThat(web.requests()).last().isEqualTo("GET /m.onnx");
  }

  @Test
  void largeFilesOfTheHubGoOnToo() throws Exception {
    try (var hub = new HubServer()) {
      hub.put("model.onnx", WEIGHTS);
      hub.other().cut("/model.onnx", 4);
      assertThatThrownBy(() -> fetch(hub)).isInstanceOf(FetchException.class);

      assertWhole(fetch(hub), WEIGHTS);
      assertThat(hub.other().requests()).last().isEqualTo("GET /model.onnx bytes=4-");
    }
  }

  @Test
  void aPartThatIsDamagedOnTheDiskIsFetchedAgain() throws Exception {
    try (var hub = new HubServer()) {
      hub.put("model.onnx", WEIGHTS);
      hub.other().cut("/model.onnx", 4);
      assertThatThrownBy(() -> fetch(hub)).isInstanceOf(FetchException.class);
      Files.writeString(folder.resolve("aaaaaaaaaa/part"), "0x23");

      assertThatThrownBy(() -> fetch(hub)).hasMessageContaining("came damaged");
      assertWhole(fetch(hub), WEIGHTS);
    }
  }

  private Artifact fetch() throws FetchException, InterruptedException {
    return fetch(web.uri("/m.onnx"), Map.of());
  }

  private Artifact fetch(HubServer hub) throws FetchException, InterruptedException {
    return fetch("hf://acme/espresso", Map.of("HF_ENDPOINT", hub.endpoint()));
  }

  private Artifact fetch(String uri, Map<String, String> environment)
      throws FetchException, InterruptedException {
    var sources = new SourceFactory(new Credentials(folder.resolve("absent"), environment));
    return new Fetcher(sources, new ArtifactStore(folder)).fetch(Entries.of(uri, null), progress);
  }

  private void assertCut() {
    assertThatThrownBy(this::fetch)
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.StoreUnreachable));
  }

  private static void assertWhole(Artifact artifact, String content) {
    assertThat(artifact.model()).hasContent(content);
    assertThat(artifact.files().getFirst().sha256()).isEqualTo(Sha256.hex(content.getBytes(UTF_8)));
  }
}
