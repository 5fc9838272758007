package io.modelservice.runtime.source.hub;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Sentences;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Turns what a Hub answers into a reason and one sentence. */
final class HubErrors {
  private final HubClient hub;
  private final HubPlace place;

  HubErrors(HubClient hub, HubPlace place) {
    this.hub = hub;
    this.place = place;
  }

  FetchException unreachable(IOException e) {
    return new FetchException(
        Reason.StoreUnreachable,
        "the Hub at %s cannot be reached for '%s': %s"
            .formatted(hub.host(), place, Sentences.of(e)));
  }

  FetchException unreadable() {
    return new FetchException(
        Reason.StoreUnreachable,
        "what answers at %s for '%s' is no Hub: check HF_ENDPOINT".formatted(hub.host(), place));
  }

  /** For a status other than 200. */
  FetchException answered(HttpURLConnection connection) throws IOException {
    var status = connection.getResponseCode();
    var from = URI.create(connection.getURL().toString());
    if (!hub.ofTheHub(from)) {
      return new FetchException(
          Reason.StoreUnreachable,
          "%s, where the Hub keeps files of '%s', answers with status %d"
              .formatted(from.getHost(), place, status));
    }
    return switch (status) {
      case 401, 403 -> denied(status);
      case 404 ->
          new FetchException(
              Reason.ArtifactNotFound,
              "the Hub at %s has no repository '%s', or nothing at '%s' in it (status 404)"
                  .formatted(hub.host(), place.repository(), place));
      default ->
          new FetchException(
              Reason.StoreUnreachable,
              "the Hub at %s answers for '%s' with status %d".formatted(hub.host(), place, status));
    };
  }

  /** The Hub does not tell strangers whether a repository is private or is not there at all. */
  private FetchException denied(int status) {
    var why =
        hub.hasToken()
            ? "HF_TOKEN is not valid, or may not read it, or was not granted access to it"
            : "there is no such repository, or it is private or gated: check model.uri, or put"
                + " HF_TOKEN into the Secret that model.secretRef names";
    return new FetchException(
        Reason.AccessDenied,
        "the Hub at %s answers for '%s' with status %d: %s"
            .formatted(hub.host(), place.repository(), status, why));
  }
}
