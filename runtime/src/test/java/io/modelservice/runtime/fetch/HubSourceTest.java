package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts come from the Hugging Face Hub, of its repositories what the runtime can use. */
class HubSourceTest {
  @TempDir Path folder;
  private final HubServer hub = new HubServer();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void upload() {
    environment.put("HF_ENDPOINT", hub.endpoint() + "/");
    hub.put("README.md", "# Espresso");
    hub.put("config.json", "{}");
    hub.put("pytorch_model.bin", "the same weights");
    hub.put("model.safetensors", "the same weights");
    hub.put("1_Pooling/config.json", "{}");
    hub.put("vocab.txt", "a b");
    hub.put("onnx/model.onnx", "the weights");
    hub.put("onnx/model.onnx_data", "more weights");
    hub.put("onnx/model_fp16.onnx", "half the weights");
    hub.put("onnx/model_fp16.onnx_data", "half of more");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void ofARepositoryTheOnnxModelComesWithItsConfiguration() throws Exception {
    var artifact = fetch("hf://acme/espresso");
    assertThat(artifact.files().stream().map(HashedFile::path))
        .containsExactly(
            "1_Pooling/config.json", "config.json", "model.onnx", "model.onnx_data", "vocab.txt");
    assertThat(artifact.model()).hasContent("the weights");
    assertThat(artifact.file("model.onnx_data")).hasContent("more weights");
  }

  @Test
  void anotherOnnxFileIsNamedByItsPath() throws Exception {
    var artifact = fetch("hf://acme/espresso@main/onnx/model_fp16.onnx");
    assertThat(artifact.files().stream().map(HashedFile::path))
        .contains("config.json", "model.onnx", "model_fp16.onnx_data")
        .doesNotContain("model.onnx_data");
    assertThat(artifact.model()).hasContent("half the weights");
  }

  @Test
  void aModelAtTheRootGoesBeforeOneInTheFolderOnnx() throws Exception {
    hub.put("model.onnx", "at the root");
    assertThat(fetch("hf://acme/espresso").model()).hasContent("at the root");
  }

  @Test
  void configurationBesideTheModelGoesBeforeThatOfTheRepository() throws Exception {
    hub.put("onnx/config.json", "{\"of\": \"onnx\"}");
    assertThat(fetch("hf://acme/espresso").file("config.json")).hasContent("{\"of\": \"onnx\"}");
  }

  @Test
  void aFolderOfARepositoryIsAnArtifact() throws Exception {
    hub.put("small/model.onnx", "small");
    hub.put("small/labels.txt", "espresso");
    var artifact = fetch("hf://acme/espresso/small/");
    assertThat(artifact.files().stream().map(HashedFile::path))
        .containsExactly("labels.txt", "model.onnx");
  }

  @Test
  void aBranchATagOrACommitIsNamedAfterAnAt() throws Exception {
    hub.branch("v1.0", HubServer.COMMIT);
    hub.branch("refs%2Fpr%2F7", HubServer.COMMIT);
    var digest = fetch("hf://acme/espresso").digest();
    assertThat(fetch("hf://acme/espresso@v1.0").digest()).isEqualTo(digest);
    assertThat(fetch("hf://acme/espresso@refs/pr/7").digest()).isEqualTo(digest);
    assertThat(fetch("hf://acme/espresso@refs%2Fpr%2F7").digest()).isEqualTo(digest);
    assertThat(fetch("hf://acme/espresso@" + HubServer.COMMIT).digest()).isEqualTo(digest);
  }

  @Test
  void aPodThatComesLaterReadsTheCommitOfTheFirst() throws Exception {
    var first = fetch("hf://acme/espresso");
    hub.branch("main", "ffffffffffffffffffffffffffffffffffffffff");
    var later = fetch(Entries.confirmed("hf://acme/espresso", first));
    assertThat(later.digest()).isEqualTo(first.digest());
    assertThat(later.pin().commit()).isEqualTo(HubServer.COMMIT);
    assertRefused("hf://acme/espresso", Reason.ArtifactNotFound, "@ffffffffff");
  }

  @Test
  void theTokenOfTheSecretGoesToTheHubAndToNobodyElse() throws Exception {
    environment.put("HF_TOKEN", "of the environment");
    Files.writeString(folder.resolve("HF_TOKEN"), "hf_secret\n");
    fetch("hf://acme/espresso");
    assertThat(hub.tokens()).isNotEmpty().containsOnly("Bearer hf_secret");
    assertThat(hub.other().authorizations()).hasSize(2).containsOnly("null");
  }

  @Test
  void aStrangerSendsNoToken() throws Exception {
    fetch("hf://acme/espresso");
    assertThat(hub.tokens()).isNotEmpty().containsOnly("null");
  }

  @Test
  void bytesOtherThanTheListedAreRefused() {
    hub.damage("onnx/model.onnx", "THE weights");
    assertRefused("hf://acme/espresso", Reason.StoreUnreachable, "'model.onnx'");
    assertRefused("hf://acme/espresso", Reason.StoreUnreachable, "came damaged");
  }

  @Test
  void forAStrangerAMissingRepositoryMayAlsoBeAPrivateOne() {
    hub.fail("/api/models/acme/latte", 401);
    assertRefused("hf://acme/latte", Reason.AccessDenied, "no such repository, or it is private");
    assertRefused("hf://acme/latte", Reason.AccessDenied, "HF_TOKEN into the Secret");
  }

  @Test
  void aTokenThatMayNotReadARepositoryIsNamedButNotTold() {
    environment.put("HF_TOKEN", "hf_secret");
    hub.fail("/api/models/acme/espresso", 403);
    assertRefused("hf://acme/espresso", Reason.AccessDenied, "HF_TOKEN is not valid, or may not");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertRefused("hf://acme/latte", Reason.ArtifactNotFound, "'acme/latte'");
    assertRefused("hf://acme/espresso@v9", Reason.ArtifactNotFound, "hf://acme/espresso@v9");
    assertRefused("hf://acme/espresso/absent", Reason.ArtifactNotFound, "/absent'");
    assertRefused("hf://acme/espresso/absent.onnx", Reason.ArtifactNotFound, "/absent.onnx");
  }

  @Test
  void aHubThatIsBusyOrFailsIsAskedAgainLater() {
    hub.fail("/acme/espresso/resolve", 429);
    assertRefused("hf://acme/espresso", Reason.StoreUnreachable, "status 429");
    hub.fail("/api/models", 503);
    assertRefused("hf://acme/espresso", Reason.StoreUnreachable, "status 503");
    hub.close();
    assertRefused("hf://acme/espresso", Reason.StoreUnreachable, "connection was refused");
  }

  @Test
  void ofARepositoryWithoutAModelOnnxTheChoiceIsTold() {
    hub.put("small/encoder.onnx", "one half");
    hub.put("small/decoder.onnx", "the other");
    hub.put("plain/model.safetensors", "no ONNX");
    assertRefused(
        "hf://acme/espresso/small",
        Reason.ArtifactInvalid,
        "name one of small/decoder.onnx, small/encoder.onnx");
    assertRefused("hf://acme/espresso/plain", Reason.ArtifactInvalid, "no ONNX file");
  }

  @Test
  void addressesThatNameNoRepositoryAreRefusedUnasked() {
    assertRefused("hf://acme", Reason.ArtifactInvalid, "hf://OWNER/NAME");
    assertRefused("hf://acme/espresso@", Reason.ArtifactInvalid, "hf://OWNER/NAME");
    assertRefused("hf://acme/../x", Reason.ArtifactInvalid, "hf://OWNER/NAME");
    assertRefused("hf://acme/espresso/../x", Reason.ArtifactInvalid, "leaves its folder");
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void whatIsNoHubIsNamed() {
    environment.put("HF_ENDPOINT", "huggingface.co");
    assertRefused("hf://acme/espresso", Reason.StoreUnreachable, "HF_ENDPOINT is no URL");
  }

  private Artifact fetch(String uri) throws FetchException, InterruptedException, IOException {
    return fetch(Entries.of(uri, null));
  }

  private Artifact fetch(Entry entry) throws FetchException, InterruptedException, IOException {
    var store = Files.createTempDirectory(folder, "store");
    var sources = new SourceFactory(new Credentials(folder, environment));
    return new Fetcher(sources, new ArtifactStore(store)).fetch(entry, new Progress());
  }

  private void assertRefused(String uri, Reason reason, String part) {
    assertThatThrownBy(() -> fetch(uri))
        .hasMessageContaining(part)
        .hasMessageNotContainingAny("\n", "hf_secret", "Signature")
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
