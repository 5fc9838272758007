package io.modelservice.runtime.fetch;

import io.modelservice.crds.Claims;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Source;
import io.modelservice.runtime.source.azure.AzureSource;
import io.modelservice.runtime.source.folder.FolderSource;
import io.modelservice.runtime.source.gs.GsSource;
import io.modelservice.runtime.source.http.HttpSource;
import io.modelservice.runtime.source.hub.HubSource;
import io.modelservice.runtime.source.oci.OciSource;
import io.modelservice.runtime.source.s3.S3Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Finds the source that a URI names. */
public final class SourceFactory {
  private final Credentials credentials;
  private final Path claims;

  public SourceFactory(Credentials credentials) {
    this(credentials, Path.of(Claims.FOLDER));
  }

  /**
   * A factory.
   *
   * @param claims the folder that has one for each mounted claim
   */
  SourceFactory(Credentials credentials, Path claims) {
    this.credentials = credentials;
    this.claims = claims;
  }

  /** The source of a plan's entry; to be closed. */
  public Source open(Entry entry) throws FetchException {
    var uri = parsed(entry.uri());
    var scheme = scheme(uri);
    return switch (scheme) {
      case "s3" -> S3Source.open(uri, credentials);
      case "gs" -> GsSource.open(uri, credentials);
      case "az" -> AzureSource.open(uri, credentials);
      case "hf" -> HubSource.open(uri, commit(entry), credentials);
      case "oci" -> OciSource.open(uri, commit(entry), credentials);
      case "pvc" -> claim(entry.uri());
      case "http", "https" -> new HttpSource(uri);
      case "file" -> new FolderSource(Path.of(uri));
      default ->
          throw new FetchException(
              Reason.ArtifactInvalid,
              ("model.uri begins with '%s://': use s3://, gs://, az://, hf://, oci://, pvc://,"
                      + " http:// or https://")
                  .formatted(scheme));
    };
  }

  /** Whether the files are on this machine already; asks nobody. */
  boolean isHere(Entry entry) throws FetchException {
    return switch (scheme(parsed(entry.uri()))) {
      case "file", "pvc" -> true;
      default -> false;
    };
  }

  /** The operator has mounted it. */
  private Source claim(String uri) throws FetchException {
    var claim = Claims.claim(uri).orElse("");
    var root = claims.resolve(claim);
    var path = uri.substring(Math.min(uri.length(), "pvc://".length() + claim.length() + 1));
    var folder = root.resolve(path).normalize();
    if (!folder.startsWith(root)) {
      throw new FetchException(
          Reason.ArtifactInvalid, "model.uri names a folder outside of claim '" + claim + "'");
    }
    return new FolderSource(folder, root, uri);
  }

  private static Optional<String> commit(Entry entry) {
    return Optional.ofNullable(entry.pin()).map(SourcePin::commit);
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static URI parsed(String text) throws FetchException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new FetchException(
          Reason.ArtifactInvalid, "model.uri is no URI: write for example s3://bucket/prefix");
    }
  }
}
