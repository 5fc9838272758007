package io.modelservice.runtime.fetch;

import io.modelservice.crds.contract.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the store: files of the mounted Secret of {@code model.secretRef}, each named like
 * the environment variable that it wins over. Read anew for each attempt, because a Secret may come
 * or change later.
 */
public final class Credentials {
  private final Path folder;
  private final Map<String, String> environment;

  /** The folder may be missing. */
  public Credentials(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** What is there now. */
  Keys read() {
    return new Keys(
        value("AWS_ACCESS_KEY_ID").orElse(null),
        value("AWS_SECRET_ACCESS_KEY").orElse(null),
        value("AWS_SESSION_TOKEN").orElse(null),
        value("AWS_REGION").orElse("us-east-1"),
        value("AWS_ENDPOINT_URL").orElse(null));
  }

  /** What is there now for the Hugging Face Hub. */
  HubKeys readHub() {
    return new HubKeys(
        value("HF_TOKEN").orElse(null), value("HF_ENDPOINT").orElse("https://huggingface.co"));
  }

  private Optional<String> value(String name) {
    return file(name)
        .or(() -> Optional.ofNullable(environment.get(name)))
        .filter(v -> !v.isEmpty());
  }

  private Optional<String> file(String name) {
    try {
      return Optional.of(Files.readString(folder.resolve(name)).strip()).filter(v -> !v.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Keys and place of an S3 store.
   *
   * @param endpoint URL of a store other than AWS; addressed in path style
   */
  record Keys(
      @Nullable String accessKeyId,
      @Nullable String secretAccessKey,
      @Nullable String sessionToken,
      String region,
      @Nullable String endpoint) {

    @Override
    public String toString() {
      return "Keys[region=" + region + ", endpoint=" + endpoint + "]"; // never the secret
    }
  }

  /**
   * Token and place of a Hub.
   *
   * @param token null for a stranger, who may read public repositories
   */
  record HubKeys(@Nullable String token, String endpoint) {

    URI endpointUri() throws FetchException {
      try {
        var uri = URI.create(endpoint);
        if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        // told below
      }
      throw new FetchException(
          Reason.StoreUnreachable,
          "HF_ENDPOINT is no URL: write for example https://huggingface.co");
    }

    @Override
    public String toString() {
      return "HubKeys[endpoint=" + endpoint + "]"; // never the token
    }
  }
}
