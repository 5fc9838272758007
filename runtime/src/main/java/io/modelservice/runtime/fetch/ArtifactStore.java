package io.modelservice.runtime.fetch;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.FetchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The artifacts on this pod's disk, one folder for each revision, and what of them siblings may
 * take.
 */
public final class ArtifactStore {
  private static final long MEBIBYTE = 1 << 20;

  private final Path root;
  private final Map<String, Offer> offers = new ConcurrentHashMap<>();

  private final OptionalLong limit;

  /** Uses a folder that may be empty or missing. */
  public ArtifactStore(Path root) {
    this(root, OptionalLong.empty());
  }

  /**
   * Uses a folder that may be empty or missing.
   *
   * @param limit bytes that all artifacts together may take; without one, what the disk has
   */
  public ArtifactStore(Path root, OptionalLong limit) {
    this.root = root.toAbsolutePath().normalize();
    this.limit = limit;
  }

  /**
   * Sees whether an artifact has room, before its first byte is asked for.
   *
   * @param bytes of all its files; those that are here already need no more room
   * @param place it comes from, for the message
   * @throws FetchException if it has not
   */
  void admit(String revision, long bytes, String place) throws FetchException, IOException {
    var missing = bytes - size(ArtifactPaths.below(root, revision));
    var free = Files.getFileStore(root).getUsableSpace();
    if (limit.isPresent()) {
      free = Math.min(free, limit.getAsLong() - size(root));
    }
    if (missing > free) {
      throw new FetchException(
          Reason.DiskFull,
          ("the artifact at %s needs %d MiB more, the pod's disk has %d MiB left: make room on the"
                  + " node or raise cache.sizeLimit")
              .formatted(place, missing / MEBIBYTE, Math.max(0, free) / MEBIBYTE));
    }
  }

  private static long size(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (var tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
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
