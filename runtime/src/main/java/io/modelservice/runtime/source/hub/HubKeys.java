package io.modelservice.runtime.source.hub;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Token and place of a Hub.
 *
 * @param token null for a stranger, who may read public repositories
 */
record HubKeys(@Nullable String token, String endpoint) {

  static HubKeys of(Credentials credentials) {
    return new HubKeys(
        credentials.value("HF_TOKEN").orElse(null),
        credentials.value("HF_ENDPOINT").orElse("https://huggingface.co"));
  }

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
        Reason.StoreUnreachable, "HF_ENDPOINT is no URL: write for example https://huggingface.co");
  }

  @Override
  public String toString() {
    return "HubKeys[endpoint=" + endpoint + "]"; // never the token
  }
}
