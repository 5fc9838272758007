package io.modelservice.runtime.fetch;

import io.modelservice.crds.contract.SourcePin;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.Source;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An artifact on this machine, each byte of it read and hashed.
 *
 * @param folder absolute
 * @param files sorted by path
 * @param commit of the source that they are of; null where it has no commits
 */
public record Artifact(Path folder, List<HashedFile> files, @Nullable String commit) {

  /** The ONNX file. */
  public Path model() {
    return folder.resolve(Source.MODEL);
  }

  /** Where a file of that path is, whether it exists or not. */
  public Path file(String path) {
    return ArtifactPaths.below(folder, path);
  }

  public boolean has(String path) {
    return files.stream().anyMatch(file -> file.path().equals(path));
  }

  /** Of all files. */
  public List<String> paths() {
    return files.stream().map(HashedFile::path).toList();
  }

  /** Bytes of all files. */
  public long size() {
    return files.stream().mapToLong(HashedFile::size).sum();
  }

  /** See {@link HashedFile#digest}. */
  public String digest() {
    return HashedFile.digest(files);
  }

  /** What identifies the files at their source. */
  public SourcePin pin() {
    return new SourcePin(
        files.stream()
            .map(file -> new SourcePin.File(file.path(), file.size(), file.etag()))
            .toList(),
        commit);
  }
}
