package io.modelservice.runtime.source.folder;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Sentences;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of this machine, served where it lies. For an ETag it has the times of the files, which
 * tell that one was written again, not what it holds.
 */
public final class FolderSource implements Source {
  private final Path folder;
  private final Path root;
  private final String place;

  /** A folder of the user's own, whose links may lead anywhere. */
  public FolderSource(Path folder) {
    this(folder, Path.of("/"), folder.toAbsolutePath().normalize().toString());
  }

  /**
   * A folder of a volume.
   *
   * @param root that links may not lead out of
   * @param place for messages
   */
  public FolderSource(Path folder, Path root, String place) {
    this.folder = folder.toAbsolutePath().normalize();
    this.root = root;
    this.place = place;
  }

  @Override
  public List<RemoteFile> list() throws FetchException {
    if (!Files.isDirectory(folder)) {
      throw new FetchException(Reason.ArtifactNotFound, "there is no folder " + place);
    }
    try (var tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      var files = new ArrayList<RemoteFile>();
      for (var found = tree.filter(Files::isRegularFile).iterator(); found.hasNext(); ) {
        files.add(file(found.next()));
        if (files.size() > ArtifactPaths.MOST_FILES) {
          break;
        }
      }
      return Listings.checked(files, place());
    } catch (IOException | UncheckedIOException e) {
      throw new FetchException(
          Reason.ArtifactInvalid, "folder %s cannot be read: %s".formatted(place, Sentences.of(e)));
    }
  }

  private RemoteFile file(Path file) throws FetchException, IOException {
    var path = folder.relativize(file).toString().replace('\\', '/');
    if (!file.toRealPath().startsWith(root.toRealPath())) {
      throw new FetchException(
          Reason.ArtifactInvalid,
          "'%s' at %s is a link that leads out of the volume: copy the file"
              .formatted(path, place));
    }
    var time = Long.toHexString(Files.getLastModifiedTime(file).toMillis());
    return new RemoteFile(path, file.toString(), Files.size(file), time);
  }

  @Override
  public Body open(RemoteFile file, long from) throws IOException {
    return new Body(Files.newInputStream(Path.of(file.locator())), 0);
  }

  @Override
  public Optional<Path> inPlace() {
    return Optional.of(folder);
  }

  @Override
  public String place() {
    return place;
  }
}
