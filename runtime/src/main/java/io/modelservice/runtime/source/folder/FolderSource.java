package io.modelservice.runtime.source.folder;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Sentences;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder of this machine, served where it lies. */
public final class FolderSource implements Source {
  private final Path folder;

  public FolderSource(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public List<RemoteFile> list() throws FetchException {
    if (!Files.isDirectory(folder)) {
      throw new FetchException(Reason.ArtifactNotFound, "there is no folder " + folder);
    }
    try (var tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      var files = new ArrayList<RemoteFile>();
      for (var file : tree.filter(Files::isRegularFile).sorted().toList()) {
        var path = folder.relativize(file).toString().replace('\\', '/');
        files.add(new RemoteFile(path, file.toString(), Files.size(file), null));
      }
      return Listings.checked(files, place());
    } catch (IOException e) {
      throw new FetchException(
          Reason.ArtifactInvalid,
          "folder %s cannot be read: %s".formatted(folder, Sentences.of(e)));
    }
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
    return folder.toString();
  }
}
