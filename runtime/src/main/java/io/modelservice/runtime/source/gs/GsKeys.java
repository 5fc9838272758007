package io.modelservice.runtime.source.gs;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Key and place of Google Cloud Storage.
 *
 * @param key JSON as Google Cloud gives it, or the path of a file that holds it; null where there
 *     is none
 * @param emulator host or URL of another store that speaks the same; null for Google's own
 * @param metadataServer host that knows the pod's own account
 */
record GsKeys(@Nullable String key, @Nullable String emulator, String metadataServer) {
  private static final String GOOGLE = "https://storage.googleapis.com";

  /** Link-local, so that no name is looked up where there is none. */
  private static final String METADATA_SERVER = "169.254.169.254";

  static GsKeys of(Credentials credentials) {
    return new GsKeys(
        credentials.value("GOOGLE_APPLICATION_CREDENTIALS").orElse(null),
        credentials.value("STORAGE_EMULATOR_HOST").orElse(null),
        credentials.value("GCE_METADATA_HOST").orElse(METADATA_SERVER));
  }

  /** Without a slash at its end. */
  URI endpoint() throws FetchException {
    if (emulator == null) {
      return URI.create(GOOGLE);
    }
    try {
      var url = emulator.contains("://") ? emulator : "http://" + emulator;
      var uri = URI.create(url.replaceAll("/+$", ""));
      if (uri.getHost() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new FetchException(
        Reason.StoreUnreachable,
        "STORAGE_EMULATOR_HOST is no URL: write for example http://store.storage.svc:4443");
  }

  @Override
  public String toString() {
    return "GsKeys[emulator=" + emulator + "]"; // never the key
  }
}
