package io.modelservice.runtime.fetch;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Sentences;
import io.modelservice.runtime.source.Sha256;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Brings an artifact to this pod: streamed to disk and hashed on the way, files of an earlier
 * process used again when size, ETag and hash are still the same, and one that has come in part
 * gone on with. Blocks; interrupt its thread to stop it.
 */
public final class Fetcher {
  private final SourceFactory sources;
  private final ArtifactStore store;

  public Fetcher(SourceFactory sources, ArtifactStore store) {
    this.sources = sources;
    this.store = store;
  }

  /**
   * One attempt.
   *
   * @throws FetchException with the cause as one sentence
   * @throws InterruptedException if the thread was interrupted
   */
  public Artifact fetch(Entry entry, Progress progress)
      throws FetchException, InterruptedException {
    var kept = kept(entry, progress);
    return kept.isPresent() ? kept.get() : read(entry, progress);
  }

  /**
   * One attempt, without a look at what an earlier process left whole.
   *
   * @throws FetchException with the cause as one sentence
   * @throws InterruptedException if the thread was interrupted
   */
  Artifact read(Entry entry, Progress progress) throws FetchException, InterruptedException {
    try (var source = sources.open(entry)) {
      return from(source, entry, progress);
    } catch (InterruptedIOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("the fetch was stopped");
      }
      throw failed(entry, e);
    } catch (IOException e) {
      throw failed(entry, e);
    }
  }

  /** The artifact of an earlier process, if it is the very one that the plan names. */
  Optional<Artifact> kept(Entry entry, Progress progress)
      throws FetchException, InterruptedException {
    try {
      return verifyKept(entry, progress);
    } catch (IOException e) {
      throw failed(entry, e);
    }
  }

  /** Whether the source is this machine, so that nothing is copied from anywhere. */
  boolean isHere(Entry entry) throws FetchException {
    return sources.isHere(entry);
  }

  private static FetchException failed(Entry entry, IOException e) {
    return new FetchException(
        Reason.StoreUnreachable,
        "reading %s failed: %s".formatted(Sentences.place(entry.uri()), Sentences.of(e)));
  }

  private Optional<Artifact> verifyKept(Entry entry, Progress progress)
      throws IOException, InterruptedException {
    var files = Manifest.open(store.manifest(entry.revision())).entries();
    if (files.isEmpty() || !HashedFile.digest(files).equals(entry.digest())) {
      return Optional.empty();
    }
    var folder = store.folder(entry.revision());
    progress.begin(files.stream().mapToLong(HashedFile::size).sum());
    var pin = entry.pin();
    var commit = pin == null ? null : pin.commit();
    var offer = store.offer(entry.revision(), new Offer(folder, listed(files), commit, progress));
    for (var file : files) {
      if (!intact(folder, file, progress)) {
        return Optional.empty();
      }
      offer.add(file);
    }
    return Optional.of(new Artifact(folder, sorted(files), commit));
  }

  /** One attempt from a source that is open. */
  Artifact from(Source source, Entry entry, Progress progress)
      throws FetchException, IOException, InterruptedException {
    var listed = source.list();
    progress.begin(Listings.bytes(listed));
    var folder = source.inPlace();
    return folder.isPresent()
        ? hashInPlace(folder.get(), source, listed, progress)
        : copy(entry, source, listed, progress);
  }

  private static Artifact hashInPlace(
      Path folder, Source source, List<RemoteFile> listed, Progress progress)
      throws FetchException, IOException, InterruptedException {
    var files = new ArrayList<HashedFile>();
    for (var file : listed) {
      try (var body = source.open(file, 0)) {
        files.add(hashed(file, new Pump(progress).hash(body.in())));
      }
    }
    return new Artifact(folder, sorted(files), source.commit());
  }

  private Artifact copy(Entry entry, Source source, List<RemoteFile> listed, Progress progress)
      throws FetchException, IOException, InterruptedException {
    var folder = store.folder(entry.revision());
    Files.createDirectories(folder);
    store.admit(entry.revision(), Listings.bytes(listed), source.place());
    var manifest = Manifest.open(store.manifest(entry.revision()));
    var part = store.part(entry.revision());
    var offer = store.offer(entry.revision(), new Offer(folder, listed, source.commit(), progress));
    var transfer = new Transfer(source, part, progress);
    var files = new ArrayList<HashedFile>();
    for (var file : listed) {
      var before = manifest.find(file.path()).filter(old -> sameAtSource(old, file));
      if (before.isPresent() && intact(folder, before.get(), progress)) {
        files.add(before.get());
        offer.add(before.get());
        continue;
      }
      var fresh = transfer.copy(file);
      manifest.put(fresh); // first, so that a process that dies between has the part or the file
      part.moveTo(ArtifactPaths.below(folder, file.path()));
      files.add(fresh);
      offer.add(fresh);
    }
    return new Artifact(folder, sorted(files), source.commit());
  }

  private static boolean sameAtSource(HashedFile old, RemoteFile file) {
    var kept = file.sha256() == null || file.sha256().equals(old.sha256());
    return kept
        && old.etag() != null
        && old.etag().equals(file.etag())
        && old.size() == file.size();
  }

  private static boolean intact(Path folder, HashedFile file, Progress progress)
      throws IOException, InterruptedException {
    var path = ArtifactPaths.below(folder, file.path());
    if (!Files.isRegularFile(path) || Files.size(path) != file.size()) {
      return false;
    }
    return Sha256.hex(new Pump(progress).hash(path)).equals(file.sha256());
  }

  private static HashedFile hashed(RemoteFile file, MessageDigest hash) {
    return new HashedFile(file.path(), file.size(), Sha256.hex(hash), file.etag());
  }

  private static List<RemoteFile> listed(List<HashedFile> files) {
    return sorted(files).stream()
        .map(file -> new RemoteFile(file.path(), file.path(), file.size(), file.etag()))
        .toList();
  }

  private static List<HashedFile> sorted(List<HashedFile> files) {
    return files.stream().sorted(Comparator.comparing(HashedFile::path)).toList();
  }
}
