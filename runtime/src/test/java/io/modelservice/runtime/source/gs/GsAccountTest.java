package io.modelservice.runtime.source.gs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.GsServer;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.ObjectPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects are read as the account of a key, as that of the pod, or as a stranger. */
class GsAccountTest {
  private static final KeyPair KEYS = keys();

  @TempDir Path folder;
  private final GsServer google = new GsServer();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void upload() {
    google.put("espresso/model.onnx", "the weights");
    google.put("espresso/labels.txt", "espresso\n");
    google.put("espresso/vocab.txt", "a b");
    environment.put("GCE_METADATA_HOST", google.host());
  }

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void theKeyOfTheSecretGetsOneTokenForAllRequests() throws Exception {
    Files.writeString(folder.resolve("GOOGLE_APPLICATION_CREDENTIALS"), json());
    read();
    assertThat(google.authorizations()).hasSize(5).containsOnly("Bearer of-the-key");
    assertThat(google.assertions()).hasSize(1);
  }

  @Test
  void theKeySignsThatItOnlyReads() throws Exception {
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", json());
    read();
    var parts = google.assertions().getFirst().split("[.]", -1);
    assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8))
        .contains("espresso@acme.iam.gserviceaccount.com", "devstorage.read_only");
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(KEYS.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void theEnvironmentMayNameAFile() throws Exception {
    var file = Files.writeString(folder.resolve("key.json"), json());
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
    read();
    assertThat(google.authorizations()).containsOnly("Bearer of-the-key");
  }

  @Test
  void withoutAKeyThePodsOwnAccountReads() throws Exception {
    read();
    assertThat(google.authorizations()).hasSize(5).containsOnly("Bearer of-the-pod");
  }

  @Test
  void whereThereIsNoAccountAStrangerReads() throws Exception {
    google.fail("/computeMetadata", 404);
    read();
    environment.put("GCE_METADATA_HOST", "localhost:1");
    read();
    assertThat(google.authorizations()).hasSize(10).containsOnly("null");
  }

  @Test
  void aServerThatIsNotGooglesGivesNoAccount() throws Exception {
    google.say("/computeMetadata", "<html>");
    read();
    google.say("/computeMetadata", "{}");
    read();
    assertThat(google.authorizations()).hasSize(10).containsOnly("null");
  }

  @Test
  void anAccountThatMayNotReadIsDenied() {
    google.fail("/storage", 403);
    assertRefused(Reason.AccessDenied, "roles/storage.objectViewer");
  }

  @Test
  void aKeyThatIsNotValidAnyMoreIsDenied() throws Exception {
    Files.writeString(folder.resolve("GOOGLE_APPLICATION_CREDENTIALS"), json());
    google.fail("/token", 400);
    assertRefused(Reason.AccessDenied, "GOOGLE_APPLICATION_CREDENTIALS is not valid any more");
  }

  @Test
  void whereTokensAreGivenThereMayBeTrouble() throws Exception {
    Files.writeString(folder.resolve("GOOGLE_APPLICATION_CREDENTIALS"), json());
    google.fail("/token", 503);
    assertRefused(Reason.StoreUnreachable, "no token to read bucket 'models'");
  }

  /** As a pod does, but from a store that is not Google's own. */
  private void read() throws Exception {
    var place = new ObjectPlace("gs", google.uri().toString(), "models", "espresso");
    var login = GsLogin.of(GsKeys.of(new Credentials(folder, environment)));
    try (var source = new GsSource(new GsClient(google.uri(), login, place), place)) {
      for (var file : source.list()) {
        source.open(file, 0).close();
      }
    }
  }

  private void assertRefused(Reason reason, String part) {
    assertThatThrownBy(this::read)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("long story")
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private String json() {
    var key = Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded());
    return """
        {"type": "service_account", "client_id": "1", "private_key_id": "2",
         "client_email": "espresso@acme.iam.gserviceaccount.com",
         "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
         "token_uri": "%s/token"}
        """
        .formatted(key, google.uri());
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
