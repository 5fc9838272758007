package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.GsServer;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.gs.GsSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts come from Google Cloud Storage; every trouble with it has a name. */
class GsSourceTest {
  private static final String OBJECTS = "/storage/v1/b/models/o";

  @TempDir Path folder;
  private final GsServer store = new GsServer();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void upload() {
    environment.put("STORAGE_EMULATOR_HOST", store.host());
    store.put("espresso/model.onnx", "the weights");
    store.put("espresso/labels.txt", "espresso\n");
    store.put("espresso/golden/", "");
    store.put("espresso/golden/one + one.json", "{}");
    store.put("espresso2/model.onnx", "another model");
    store.put("empty/readme.txt", "no model here");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void aFolderComesWithAllItsFiles() throws Exception {
    var progress = new Progress();
    var artifact = fetch("gs://models/espresso", progress);

    assertThat(artifact.files().stream().map(HashedFile::path))
        .containsExactly("golden/one + one.json", "labels.txt", "model.onnx");
    assertThat(artifact.model()).hasContent("the weights");
    assertThat(progress.done()).isEqualTo(22);
    assertThat(progress.total()).isEqualTo(22);
    assertThat(artifact.pin().files())
        .allSatisfy(file -> assertThat(file.etag()).matches("17[0-9]{14}"));
    assertThat(artifact.digest()).isEqualTo(fetch("gs://models/espresso/", progress).digest());
  }

  @Test
  void oneFileIsAnArtifact() throws Exception {
    store.put("espresso/small.onnx", "small weights");
    var artifact = fetch("gs://models/espresso/small.onnx", new Progress());
    assertThat(artifact.files().stream().map(HashedFile::path)).containsExactly("model.onnx");
    assertThat(artifact.model()).hasContent("small weights");
  }

  @Test
  void anEmulatorIsAskedAsAStrangerIfThereIsNoKey() throws Exception {
    environment.put("STORAGE_EMULATOR_HOST", store.uri() + "/");
    fetch("gs://models/espresso", new Progress());
    assertThat(store.authorizations()).isNotEmpty().containsOnly("null");
  }

  @Test
  void aMissingBucketIsNamed() {
    assertRefused("gs://absent/espresso", Reason.ArtifactNotFound, "no bucket 'absent'");
  }

  @Test
  void aMissingPrefixIsNamed() {
    assertRefused("gs://models/latte", Reason.ArtifactNotFound, "no object under 'latte/'");
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused("gs://models/latte.onnx", Reason.ArtifactNotFound, "no object 'latte.onnx'");
  }

  @Test
  void aFolderWithoutAModelIsNoArtifact() {
    assertRefused("gs://models/empty", Reason.ArtifactInvalid, "no model.onnx");
  }

  @Test
  void anObjectThatWouldComeUnpackedIsRefused() {
    store.put("packed/model.onnx", "packed weights", "gzip");
    assertRefused("gs://models/packed", Reason.ArtifactInvalid, "without Content-Encoding");
  }

  @Test
  void aStrangerIsToldHowToGetIn() {
    store.fail(OBJECTS, 401);
    assertRefused("gs://models/espresso", Reason.CredentialsMissing, "model.secretRef");
    assertRefused("gs://models/espresso", Reason.CredentialsMissing, "pod.serviceAccountName");
    store.fail(OBJECTS, 403);
    assertRefused("gs://models/a.onnx", Reason.CredentialsMissing, "key 'a.onnx' to no stranger");
  }

  @Test
  void aKeyThatIsNoneIsNotTold() {
    environment.remove("STORAGE_EMULATOR_HOST");
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", "{\"private_key\": \"hush\"");
    assertRefused("gs://models/espresso", Reason.CredentialsMissing, "holds no key");
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", "/absent/hush.json");
    assertRefused("gs://models/espresso", Reason.CredentialsMissing, "holds no key");
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", "\0hush");
    assertRefused("gs://models/espresso", Reason.CredentialsMissing, "holds no key");
  }

  @Test
  void aStoreThatFailsIsUnreachable() {
    store.fail(OBJECTS, 503);
    assertRefused("gs://models/espresso", Reason.StoreUnreachable, "with status 503");
  }

  @Test
  void anObjectThatFailsIsUnreachable() {
    store.fail(OBJECTS + "/espresso%2Fmodel.onnx", 502);
    assertRefused(
        "gs://models/espresso", Reason.StoreUnreachable, "'espresso/model.onnx' with status 502");
  }

  @Test
  void aStoreThatIsNotThereIsUnreachable() {
    environment.put("STORAGE_EMULATOR_HOST", "http://localhost:1");
    assertRefused("gs://models/espresso", Reason.StoreUnreachable, "connection was refused");
    environment.put("STORAGE_EMULATOR_HOST", "store.invalid:4443");
    assertRefused("gs://models/espresso", Reason.StoreUnreachable, "no host has the name");
    environment.put("STORAGE_EMULATOR_HOST", "ftp://store");
    assertRefused("gs://models/espresso", Reason.StoreUnreachable, "STORAGE_EMULATOR_HOST");
  }

  @Test
  void whatIsNoStoreIsNamed() {
    store.say(OBJECTS, "<html>");
    assertRefused("gs://models/espresso", Reason.StoreUnreachable, "no Google Cloud Storage");
    store.say(OBJECTS, "{\"items\": [{\"name\": \"other/model.onnx\"}]}");
    assertRefused("gs://models/espresso", Reason.StoreUnreachable, "no Google Cloud Storage");
    store.say(OBJECTS, "{\"items\": [{\"name\": \"espresso/model.onnx\"}]}");
    assertRefused("gs://models/espresso", Reason.StoreUnreachable, "no Google Cloud Storage");
  }

  @Test
  void anObjectThatLeavesTheFolderIsRefused() {
    store.put("espresso/../model.onnx", "");
    assertRefused("gs://models/espresso", Reason.ArtifactInvalid, "leaves its folder");
  }

  @Test
  void aCircleOfPagesEnds() {
    store.say(OBJECTS, "{\"nextPageToken\": \"again\"}");
    assertRefused("gs://models/espresso", Reason.ArtifactNotFound, "no object under");
  }

  @Test
  void anObjectThatChangedAfterItWasListedIsNotRead() throws Exception {
    var uri = URI.create("gs://models/espresso/model.onnx");
    try (var source = GsSource.open(uri, new Credentials(folder, environment))) {
      var listed = source.list().getFirst();
      store.put("espresso/model.onnx", "new content");
      assertThatThrownBy(() -> source.open(listed, 0).close())
          .hasMessageContaining("changed while it was read")
          .asInstanceOf(type(FetchException.class))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.StoreUnreachable));
    }
  }

  @Test
  void afterACutOnlyTheRestOfAnObjectIsFetched() throws Exception {
    var weights = "0123456789".repeat(40_000);
    store.put("large/model.onnx", weights);
    var disk = Files.createTempDirectory(folder, "store");
    try (var proxy = new CuttingProxy(store.uri(), 300_000)) {
      environment.put("STORAGE_EMULATOR_HOST", proxy.uri());
      assertThatThrownBy(() -> fetch("gs://models/large", new Progress(), disk))
          .asInstanceOf(type(FetchException.class))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.StoreUnreachable));

      var artifact = fetch("gs://models/large", new Progress(), disk);

      assertThat(artifact.model()).hasContent(weights);
      assertThat(proxy.sent()).isLessThan(500_000);
      assertThat(store.requests().getLast()).matches(".*&generation=17[0-9]+ bytes=[0-9]+-");
    }
  }

  private Artifact fetch(String uri, Progress progress)
      throws FetchException, InterruptedException, IOException {
    return fetch(uri, progress, Files.createTempDirectory(folder, "store"));
  }

  private Artifact fetch(String uri, Progress progress, Path disk)
      throws FetchException, InterruptedException {
    var sources = new SourceFactory(new Credentials(folder, environment));
    return new Fetcher(sources, new ArtifactStore(disk)).fetch(Entries.of(uri, null), progress);
  }

  private void assertRefused(String uri, Reason reason, String part) {
    assertThatThrownBy(() -> fetch(uri, new Progress()))
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("hush")
        .hasMessageNotContaining("long story")
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
