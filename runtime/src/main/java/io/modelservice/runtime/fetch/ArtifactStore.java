package io.modelservice.runtime.fetch;

import io.modelservice.runtime.source.ArtifactPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The artifacts on this pod's disk, one folder for each revision, and what of them siblings may
 * take.
 */
public final class ArtifactStore {
  private final Path root;
  private final Map<String, Offer> offers = new ConcurrentHashMap<>();

  /** Uses a folder that may be empty or missing. */
  public ArtifactStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path folder(String revision) {
    return ArtifactPaths.below(root, revision).resolve("files");
  }

  Path manifest(String revision) {
    return ArtifactPaths.below(root, revision).resolve("manifest.json");
  }

  /** The file of a revision that is coming. */
  PartFile part(String revision) {
    var folder = ArtifactPaths.below(root, revision);
    return new PartFile(folder.resolve("part"), folder.resolve("part.json"));
  }

  /** From now on this is what siblings may take of a revision. */
  Offer offer(String revision, Offer offer) {
    offers.put(revision, offer);
    return offer;
  }

  /**
   * What siblings may take.
   *
   * @param id a revision, or the digest of an artifact that is here whole
   */
  public Optional<Offer> offer(String id) {
    return Optional.ofNullable(offers.get(id))
        .or(() -> offers.values().stream().filter(offer -> offer.isWhole(id)).findFirst());
  }

  /** Deletes the files of a revision, if there are any. */
  public void delete(String revision) {
    offers.remove(revision);
    deleteTree(ArtifactPaths.below(root, revision));
  }

  /** Deletes what an earlier process left and nobody wants any more. */
  public void keepOnly(Collection<String> revisions) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (var found = Files.list(root)) {
      found
          .filter(folder -> !revisions.contains(String.valueOf(folder.getFileName())))
          .toList()
          .forEach(ArtifactStore::deleteTree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (var path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
