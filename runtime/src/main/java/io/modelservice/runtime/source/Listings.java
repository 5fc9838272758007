package io.modelservice.runtime.source;

import static java.util.Comparator.comparing;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.SourcePin;
import java.util.List;

/** What every listing must hold, whatever the source. */
public final class Listings {
  private Listings() {}

  /** What identifies the files that a source has listed. */
  public static SourcePin pin(Source source, List<RemoteFile> files) {
    var pinned =
        files.stream()
            .sorted(comparing(RemoteFile::path))
            .map(file -> new SourcePin.File(file.path(), file.size(), file.etag()))
            .toList();
    return new SourcePin(pinned, source.commit());
  }

  /** Of all files. */
  public static long bytes(List<RemoteFile> files) {
    return files.stream().mapToLong(RemoteFile::size).sum();
  }

  /**
   * The files sorted by path.
   *
   * @throws FetchException if there is no {@code model.onnx}, or far too many files
   */
  public static List<RemoteFile> checked(List<RemoteFile> files, String place)
      throws FetchException {
    if (files.size() > ArtifactPaths.MOST_FILES) {
      throw new FetchException(
          Reason.ArtifactInvalid,
          "there are more than %d files at %s: name the model's own folder"
              .formatted(ArtifactPaths.MOST_FILES, place));
    }
    if (files.stream().noneMatch(file -> file.path().equals(Source.MODEL))) {
      throw new FetchException(
          Reason.ArtifactInvalid,
          "there is no model.onnx at %s: upload it, or name the folder that holds it"
              .formatted(place));
    }
    return files.stream().sorted(comparing(RemoteFile::path)).toList();
  }
}
