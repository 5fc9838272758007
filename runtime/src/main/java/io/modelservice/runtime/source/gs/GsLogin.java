package io.modelservice.runtime.source.gs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.OAuth2Credentials;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who asks for objects: an account of Google Cloud, or a stranger, who may read public buckets. */
final class GsLogin {
  private static final String READ = "https://www.googleapis.com/auth/devstorage.read_only";

  private final Optional<OAuth2Credentials> account;

  private GsLogin(Optional<OAuth2Credentials> account) {
    this.account = account;
  }

  /** By the key, or else by the account that the pod runs as, of which an emulator knows none. */
  static GsLogin of(GsKeys keys) throws FetchException {
    if (keys.key() != null) {
      return new GsLogin(Optional.of(account(keys.key())));
    }
    return keys.emulator() == null
        ? new GsLogin(new MetadataServer(keys.metadataServer()).account())
        : new GsLogin(Optional.empty());
  }

  private static OAuth2Credentials account(String key) throws FetchException {
    try {
      var json = key.startsWith("{") ? key : Files.readString(Path.of(key));
      return GoogleCredentials.fromStream(new ByteArrayInputStream(json.getBytes(UTF_8)))
          .createScoped(READ)
          // the runtime has its own back-off and tells every failure in its state
          .createWithCustomRetryStrategy(false);
    } catch (IOException | IllegalArgumentException e) {
      throw noKey();
    }
  }

  /** Its cause is not told: it may quote the key. */
  private static FetchException noKey() {
    return new FetchException(
        Reason.CredentialsMissing,
        "GOOGLE_APPLICATION_CREDENTIALS holds no key: put the JSON file of a service account's key"
            + " under this name into the Secret that model.secretRef names");
  }

  /**
   * For the next request; empty for a stranger.
   *
   * @throws IOException if the account gets none
   */
  Optional<String> token() throws IOException {
    if (account.isEmpty()) {
      return Optional.empty();
    }
    account.get().refreshIfExpired();
    return Optional.ofNullable(account.get().getAccessToken()).map(AccessToken::getTokenValue);
  }

  boolean stranger() {
    return account.isEmpty();
  }
}
