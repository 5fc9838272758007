package io.modelservice.runtime.source.oci;

import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.FixedFile;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** An artifact in a registry: a manifest whose layers are files, as ORAS pushes them. */
public final class OciSource implements Source {
  private final OciReference reference;
  private final OciRegistry registry;
  private final OciErrors errors;
  private final OciManifest manifest;

  private OciSource(OciReference reference, OciKeys keys) throws FetchException {
    this.reference = reference;
    this.registry = new OciRegistry(reference, keys);
    this.errors = new OciErrors(reference, keys);
    this.manifest = manifest();
  }

  /**
   * Reads the manifest, so that all files are of the same.
   *
   * @param pinned the digest of the one that the first pod read; a tag may have moved since
   */
  public static OciSource open(URI uri, Optional<String> pinned, Credentials credentials)
      throws FetchException {
    var named = OciReference.of(uri);
    var reference = pinned.map(named::at).orElse(named);
    return new OciSource(reference, OciKeys.of(credentials, reference));
  }

  private OciManifest manifest() throws FetchException {
    var document = registry.document(reference.version());
    var inIndex = OciManifest.inIndex(document.json(), errors);
    return OciManifest.of(
        inIndex.isPresent() ? registry.document(inIndex.get()) : document, place(), errors);
  }

  @Override
  public List<RemoteFile> list() {
    return manifest.files();
  }

  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    return new FixedFile(file, place())
        .open(from, headers -> registry.blob(file.locator(), headers), errors::answered);
  }

  @Override
  public String commit() {
    return manifest.digest();
  }

  @Override
  public String place() {
    return reference.toString();
  }
}
