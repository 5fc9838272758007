package io.modelservice.runtime.source.oci;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Redirects;
import io.modelservice.runtime.source.Sentences;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Turns what a registry answers into a reason and one sentence. */
final class OciErrors {
  private final OciReference place;
  private final OciKeys keys;

  OciErrors(OciReference place, OciKeys keys) {
    this.place = place;
    this.keys = keys;
  }

  FetchException unreachable(IOException e) {
    return new FetchException(
        Reason.StoreUnreachable,
        "the registry at %s cannot be reached for '%s': %s"
            .formatted(place.registry(), place, Sentences.of(e)));
  }

  FetchException unreadable() {
    return new FetchException(
        Reason.StoreUnreachable,
        "what answers at %s for '%s' is no registry: check model.uri"
            .formatted(place.registry(), place));
  }

  FetchException damaged(String digest) {
    return new FetchException(
        Reason.StoreUnreachable,
        "the manifest of '%s' came damaged: its SHA-256 is %s".formatted(place, digest));
  }

  /**
   * What lies there is no model that can be served.
   *
   * @param what it is, and what to do
   */
  FetchException invalid(String what) {
    return new FetchException(
        Reason.ArtifactInvalid, "the artifact at %s %s".formatted(place, what));
  }

  /** For a status other than 200. */
  FetchException answered(HttpURLConnection connection) throws IOException {
    var from = URI.create(connection.getURL().toString());
    var status = connection.getResponseCode();
    return Redirects.sameHost(place.endpoint(), from)
        ? answered(status)
        : new FetchException(
            Reason.StoreUnreachable,
            "%s, where the registry keeps files of '%s', answers with status %d"
                .formatted(from.getHost(), place, status));
  }

  /** For a status other than 200 of what gives tokens for the registry. */
  FetchException noToken(int status) {
    return status == 404
        ? new FetchException(
            Reason.StoreUnreachable,
            "the registry at %s names for '%s' a place that gives no tokens (status 404)"
                .formatted(place.registry(), place))
        : answered(status);
  }

  private FetchException answered(int status) {
    return switch (status) {
      case 401, 403 -> denied(status);
      case 404 ->
          new FetchException(
              Reason.ArtifactNotFound,
              "the registry at %s has no repository '%s', or nothing at '%s' in it (status 404)"
                  .formatted(place.registry(), place.repository(), place));
      default ->
          new FetchException(
              Reason.StoreUnreachable,
              "the registry at %s answers for '%s' with status %d"
                  .formatted(place.registry(), place, status));
    };
  }

  /** Registries do not tell strangers whether a repository is private or is not there at all. */
  private FetchException denied(int status) {
    var missing = keys.stranger() && status == HttpURLConnection.HTTP_UNAUTHORIZED;
    var why =
        keys.stranger()
            ? "there is no such repository, or it is private: check model.uri, or name in"
                + " model.secretRef a Secret whose .dockerconfigjson has this registry"
            : "the account of .dockerconfigjson is not valid, or may not read it, or there is no"
                + " such repository";
    return new FetchException(
        missing ? Reason.CredentialsMissing : Reason.AccessDenied,
        "the registry at %s answers for '%s' with status %d: %s"
            .formatted(place.registry(), place, status, why));
  }
}
