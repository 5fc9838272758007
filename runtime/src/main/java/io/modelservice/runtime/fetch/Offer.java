package io.modelservice.runtime.fetch;

import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.peer.PeerManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What of one artifact this pod can give to its siblings: each file from the moment at which all
 * its bytes were read and hashed. The fetch adds, other threads read.
 */
public final class Offer {
  private final Path folder;
  private final List<RemoteFile> listed;
  private final @Nullable String commit;
  private final Progress progress;
  private final Map<String, HashedFile> whole = new ConcurrentHashMap<>();

  /**
   * Nothing may be taken yet.
   *
   * @param folder that the files are in, or on their way to
   * @param progress of the fetch
   */
  Offer(Path folder, List<RemoteFile> listed, @Nullable String commit, Progress progress) {
    this.folder = folder;
    this.listed = listed;
    this.commit = commit;
    this.progress = progress;
  }

  /** This file may be taken from now on. */
  void add(HashedFile file) {
    whole.put(file.path(), file);
  }

  /** What there is at this moment, and what is still to come. */
  public PeerManifest manifest() {
    var files =
        listed.stream()
            .map(
                file ->
                    new PeerManifest.File(file.path(), file.size(), file.etag(), hash(file.path())))
            .toList();
    return new PeerManifest(progress.done(), files, commit, digest());
  }

  private @Nullable String hash(String path) {
    var file = whole.get(path);
    return file == null ? null : file.sha256();
  }

  private @Nullable String digest() {
    return whole.size() == listed.size() ? HashedFile.digest(whole.values()) : null;
  }

  boolean isWhole(String digest) {
    return digest.equals(digest());
  }

  /**
   * A file that may be taken.
   *
   * @param file absolute
   * @param size bytes
   * @param sha256 64 lower-case hex digits
   */
  public record Given(Path file, long size, String sha256) {}

  /** The file of that path; empty if there is none, or not yet all of it. */
  public Optional<Given> file(String path) {
    return Optional.ofNullable(whole.get(path))
        .map(file -> new Given(folder.resolve(file.path()), file.size(), file.sha256()));
  }
}
