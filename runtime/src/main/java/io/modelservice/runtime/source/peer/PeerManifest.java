package io.modelservice.runtime.source.peer;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pod has of an artifact and may give to its siblings; the answer on {@code GET
 * :9000/artifacts/REVISION/manifest}.
 *
 * @param bytesDone of all files, read so far
 * @param files all files of the artifact, those that are still to come too
 * @param commit of the source that they are of; null where it has no commits
 * @param digest {@code sha256:HEX} of the artifact; null until every file is there
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PeerManifest(
    long bytesDone, List<File> files, @Nullable String commit, @Nullable String digest) {

  /**
   * One file.
   *
   * @param path relative to the artifact's root
   * @param size bytes
   * @param etag of the source, without quotes; null where it has none
   * @param sha256 64 lower-case hex digits; null until all its bytes were read: only then is it
   *     given
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record File(String path, long size, @Nullable String etag, @Nullable String sha256) {}

  boolean has(String path) {
    return file(path).filter(file -> file.sha256() != null).isPresent();
  }

  private Optional<File> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }
}
