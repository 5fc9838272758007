package io.modelservice.runtime.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.azure.AzureSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts come from a container of Azure Blob Storage; every trouble with it has a name. */
class AzureSourceTest {
  private static final String ESPRESSO = "az://models/espresso";

  @TempDir Path folder;
  private final AzureStore store = new AzureStore();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void upload() {
    environment.put("AZURE_STORAGE_ACCOUNT", AzureStore.ACCOUNT);
    environment.put("AZURE_STORAGE_SERVICE_ENDPOINT", store.endpoint());
    environment.put("AZURE_STORAGE_SAS_TOKEN", AzureStore.TOKEN);
    store.put("espresso/golden/one.json", "{}");
    store.put("espresso/labels.txt", "espresso\n");
    store.put("espresso/model.onnx", "the weights");
    store.put("espresso2/model.onnx", "another model");
    store.put("empty/readme.txt", "no model here");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aFolderComesWithAllItsFiles() throws Exception {
    var artifact = fetch(ESPRESSO);

    assertThat(artifact.files().stream().map(HashedFile::path))
        .containsExactly("golden/one.json", "labels.txt", "model.onnx");
    assertThat(artifact.model()).hasContent("the weights");
    assertThat(artifact.pin().files()).allMatch(file -> file.etag() != null);
  }

  @Test
  void oneFileIsAnArtifact() throws Exception {
    assertThat(fetch(ESPRESSO + "/model.onnx").model()).hasContent("the weights");
  }

  @Test
  void afterACutOnlyTheRestOfABlobIsAskedFor() throws Exception {
    try (var source = open(ESPRESSO + "/model.onnx");
        var body = source.open(source.list().getFirst(), 4)) {
      assertThat(body.from()).isEqualTo(4);
      assertThat(new String(body.in().readAllBytes(), UTF_8)).isEqualTo("weights");
    }
  }

  @Test
  void aBlobThatChangedAfterItWasListedIsNotRead() throws Exception {
    try (var source = open(ESPRESSO)) {
      var model = source.list().getLast();
      store.put("espresso/model.onnx", "new weights");

      assertThatThrownBy(() -> source.open(model, 0).in().readAllBytes())
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("changed while it was read");
    }
  }

  @Test
  void aMissingFolderIsNamed() {
    assertRefused("az://models/latte", Reason.ArtifactNotFound, "no object under 'latte/'");
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused("az://models/latte.onnx", Reason.ArtifactNotFound, "no blob 'latte.onnx'");
  }

  @Test
  void aMissingContainerIsNamed() {
    assertRefused("az://absent/espresso", Reason.ArtifactNotFound, "no container 'absent'");
  }

  @Test
  void aFolderWithoutAModelIsNoArtifact() {
    assertRefused("az://models/empty", Reason.ArtifactInvalid, "no model.onnx");
  }

  @Test
  void aWrongTokenIsDeniedAndNotTold() {
    environment.put("AZURE_STORAGE_SAS_TOKEN", "sv=2024-11-04&sig=wrong");
    assertRefused(ESPRESSO, Reason.AccessDenied, "container 'models'");
  }

  @Test
  void aStrangerIsToldWhatTheSecretNeeds() {
    environment.remove("AZURE_STORAGE_SAS_TOKEN");
    assertRefused(ESPRESSO, Reason.CredentialsMissing, "AZURE_STORAGE_CONNECTION_STRING");
  }

  @Test
  void withoutAnAccountNothingIsAsked() {
    environment.clear();
    assertRefused(ESPRESSO, Reason.CredentialsMissing, "AZURE_STORAGE_ACCOUNT");
  }

  @Test
  void aConnectionStringWinsOverTheOthers() throws Exception {
    environment.put("AZURE_STORAGE_SAS_TOKEN", "sig=wrong");
    Files.writeString(
        folder.resolve("AZURE_STORAGE_CONNECTION_STRING"),
        "BlobEndpoint=%s;SharedAccessSignature=%s".formatted(store.endpoint(), AzureStore.TOKEN));

    assertThat(fetch(ESPRESSO).model()).hasContent("the weights");
  }

  @Test
  void aDamagedConnectionStringIsNamedAndNotTold() {
    environment.put("AZURE_STORAGE_CONNECTION_STRING", "AccountName=roastery;AccountKey=wrong");
    assertRefused(ESPRESSO, Reason.CredentialsMissing, "copy the connection string");
  }

  @Test
  void aKeyThatIsNoneIsNamedAndNotTold() {
    environment.put("AZURE_STORAGE_KEY", "wrong!");
    assertRefused(ESPRESSO, Reason.CredentialsMissing, "copy the connection string");
  }

  @Test
  void aStoreThatIsNotThereIsUnreachable() {
    environment.put("AZURE_STORAGE_SERVICE_ENDPOINT", "http://127.0.0.1:1/roastery");
    assertRefused(ESPRESSO, Reason.StoreUnreachable, "connection was refused");
  }

  @Test
  void aStoreInTroubleIsUnreachable() {
    store.answer(500);
    assertRefused(ESPRESSO, Reason.StoreUnreachable, "status 500");
  }

  private AzureSource open(String uri) throws FetchException {
    return AzureSource.open(URI.create(uri), new Credentials(folder, environment));
  }

  private Artifact fetch(String uri) throws Exception {
    var sources = new SourceFactory(new Credentials(folder, environment));
    var artifacts = new ArtifactStore(Files.createTempDirectory(folder, "store"));
    return new Fetcher(sources, artifacts).fetch(Entries.of(uri, null), new Progress());
  }

  private void assertRefused(String uri, Reason reason, String part) {
    assertThatThrownBy(() -> fetch(uri))
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("wrong")
        .hasMessageNotContaining("sig=")
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
