package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.s3.S3Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Artifacts come from an S3 store; every trouble with it has a name. */
class S3SourceTest {
  @RegisterExtension
  static final S3ProxyExtension STORE =
      S3ProxyExtension.builder().withCredentials("ak", "sk").build();

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void upload() {
    environment.put("AWS_ENDPOINT_URL", endpoint().toString());
    environment.put("AWS_ACCESS_KEY_ID", "ak");
    environment.put("AWS_SECRET_ACCESS_KEY", "sk");
    try (var client = client()) {
      client.createBucket(bucket -> bucket.bucket("models"));
      put(client, "espresso/model.onnx", "the weights");
      put(client, "espresso/labels.txt", "espresso\n");
      put(client, "espresso/golden/", "");
      put(client, "espresso/golden/one.json", "{}");
      put(client, "espresso2/model.onnx", "another model");
      put(client, "empty/readme.txt", "no model here");
    }
  }

  private static URI endpoint() {
    return Objects.requireNonNull(STORE.getUri());
  }

  private static S3Client client() {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(endpoint())
        .serviceConfiguration(s3 -> s3.pathStyleAccessEnabled(true).expectContinueEnabled(false))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("ak", "sk")))
        .build();
  }

  /** A store that has just started refuses some of the first uploads. */
  private static void put(S3Client client, String key, String content) {
    await()
        .ignoreExceptionsInstanceOf(SdkClientException.class)
        .until(
            () ->
                client.putObject(o -> o.bucket("models").key(key), RequestBody.fromString(content)),
            Objects::nonNull);
  }

  @Test
  void aFolderComesWithAllItsFiles() throws Exception {
    var progress = new Progress();
    var artifact = fetch("s3://models/espresso", progress);

    assertThat(artifact.files().stream().map(HashedFile::path))
        .containsExactly("golden/one.json", "labels.txt", "model.onnx");
    assertThat(artifact.model()).hasContent("the weights");
    assertThat(progress.done()).isEqualTo(22);
    assertThat(progress.total()).isEqualTo(22);
    assertThat(artifact.pin().files()).allMatch(file -> file.etag() != null);
    assertThat(artifact.digest()).isEqualTo(fetch("s3://models/espresso/", progress).digest());
  }

  @Test
  void oneFileIsAnArtifact() throws Exception {
    var artifact = fetch("s3://models/espresso/model.onnx", new Progress());
    assertThat(artifact.files().stream().map(HashedFile::path)).containsExactly("model.onnx");
    assertThat(artifact.model()).hasContent("the weights");
  }

  @Test
  void filesOfTheSecretWinOverTheEnvironment() throws Exception {
    environment.put("AWS_ACCESS_KEY_ID", "wrong");
    Files.writeString(folder.resolve("AWS_ACCESS_KEY_ID"), "ak\n");
    Files.writeString(folder.resolve("AWS_REGION"), "");
    assertThat(fetch("s3://models/espresso", new Progress()).size()).isEqualTo(22);
  }

  @Test
  void withoutKeysNothingIsAsked() {
    environment.remove("AWS_SECRET_ACCESS_KEY");
    assertRefused("s3://models/espresso", Reason.CredentialsMissing, "AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void aWrongKeyIsDenied() {
    environment.put("AWS_SECRET_ACCESS_KEY", "wrong");
    assertRefused("s3://models/espresso", Reason.AccessDenied, "bucket 'models'");
  }

  @Test
  void aMissingBucketIsNamed() {
    assertRefused("s3://absent/espresso", Reason.ArtifactNotFound, "no bucket 'absent'");
  }

  @Test
  void aMissingPrefixIsNamed() {
    assertRefused("s3://models/latte", Reason.ArtifactNotFound, "no object under 'latte/'");
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused("s3://models/latte.onnx", Reason.ArtifactNotFound, "latte.onnx");
  }

  @Test
  void aFolderWithoutAModelIsNoArtifact() {
    assertRefused("s3://models/empty", Reason.ArtifactInvalid, "no model.onnx");
  }

  @Test
  void aStoreThatIsNotThereIsUnreachable() {
    environment.put("AWS_ENDPOINT_URL", "http://localhost:1");
    assertRefused("s3://models/espresso", Reason.StoreUnreachable, "connection was refused");
  }

  @Test
  void aStoreThatHasNoNameIsUnreachable() {
    environment.put("AWS_ENDPOINT_URL", "http://store.invalid:9000");
    assertRefused("s3://models/espresso", Reason.StoreUnreachable, "no host has the name");
  }

  @Test
  void anEndpointThatIsNoUrlIsNamed() {
    environment.put("AWS_ENDPOINT_URL", "store:9000");
    assertRefused("s3://models/espresso", Reason.StoreUnreachable, "AWS_ENDPOINT_URL");
  }

  @Test
  void anObjectThatChangedAfterItWasListedIsNotRead() throws Exception {
    var uri = URI.create("s3://models/espresso/model.onnx");
    try (var source = S3Source.open(uri, new Credentials(folder, environment));
        var client = client()) {
      var listed = source.list().getFirst();
      put(client, "espresso/model.onnx", "new content");
      assertThatThrownBy(() -> source.open(listed, 0).close())
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("changed while it was read");
    }
  }

  @Test
  void afterACutOnlyTheRestOfAnObjectIsFetched() throws Exception {
    var weights = "0123456789".repeat(40_000);
    try (var client = client()) {
      put(client, "large/model.onnx", weights);
    }
    var store = Files.createTempDirectory(folder, "store");
    try (var proxy = new CuttingProxy(endpoint(), 300_000)) {
      environment.put("AWS_ENDPOINT_URL", proxy.uri());
      assertThatThrownBy(() -> fetch("s3://models/large", new Progress(), store))
          .asInstanceOf(type(FetchException.class))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.StoreUnreachable));

      var artifact = fetch("s3://models/large", new Progress(), store);

      assertThat(artifact.model()).hasContent(weights);
      assertThat(proxy.sent()).isLessThan(500_000);
    }
  }

  private Artifact fetch(String uri, Progress progress)
      throws FetchException, InterruptedException, IOException {
    return fetch(uri, progress, Files.createTempDirectory(folder, "store"));
  }

  private Artifact fetch(String uri, Progress progress, Path store)
      throws FetchException, InterruptedException {
    var sources = new SourceFactory(new Credentials(folder, environment));
    return new Fetcher(sources, new ArtifactStore(store)).fetch(Entries.of(uri, null), progress);
  }

  private void assertRefused(String uri, Reason reason, String part) {
    assertThatThrownBy(() -> fetch(uri, new Progress()))
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n")
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
