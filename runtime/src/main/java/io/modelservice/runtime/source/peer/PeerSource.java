package io.modelservice.runtime.source.peer;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files that another pod has, each as soon as it has all of it. Waits for those that the pod
 * still reads itself, for as long as it comes further.
 */
public final class PeerSource implements Source {
  private final Peer peer;
  private final Entry entry;
  private final Patience patience;
  private final BooleanSupplier wanted;
  private @Nullable String commit;

  /**
   * A source for one attempt.
   *
   * @param wanted false once this pod is no longer the one to take from
   */
  public PeerSource(Peer peer, Entry entry, Patience patience, BooleanSupplier wanted) {
    this.peer = peer;
    this.entry = entry;
    this.patience = patience;
    this.wanted = wanted;
  }

  @Override
  public List<RemoteFile> list() throws FetchException {
    var manifest = await(there -> true);
    commit = manifest.commit();
    var files = new ArrayList<RemoteFile>();
    for (var file : manifest.files()) {
      var path = ArtifactPaths.checked(file.path(), place());
      files.add(new RemoteFile(path, path, file.size(), file.etag(), file.sha256()));
    }
    return Listings.checked(files, place());
  }

  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    var _ = await(there -> there.has(file.path()));
    return peer.open(entry.revision(), file, from);
  }

  /**
   * Sees whether what was taken is what the pod has: of a file that it had not read to its end when
   * it was listed, nobody had promised a hash.
   *
   * @throws FetchException if it is not
   */
  public void confirm(String digest) throws FetchException {
    var manifest = await(there -> there.digest() != null);
    if (!digest.equals(manifest.digest())) {
      throw new FetchException(
          Reason.StoreUnreachable, "the files of " + place() + " came damaged");
    }
  }

  private PeerManifest await(Predicate<PeerManifest> enough) throws FetchException {
    while (wanted.getAsBoolean()) {
      var manifest = peer.manifest(entry.revision());
      if (manifest.isPresent()) {
        refuseOther(manifest.get());
        patience.saw(manifest.get().bytesDone());
        if (enough.test(manifest.get())) {
          return manifest.get();
        }
      }
      if (patience.over()) {
        throw new FetchException(Reason.StoreUnreachable, place() + " comes no further");
      }
      patience.pause();
    }
    throw new FetchException(Reason.StoreUnreachable, place() + " is no longer the seed");
  }

  private void refuseOther(PeerManifest manifest) throws FetchException {
    var other =
        entry.digest() != null
            && manifest.digest() != null
            && !entry.digest().equals(manifest.digest());
    if (other) {
      throw new FetchException(
          Reason.ArtifactMoved,
          "%s has other content than revision %s began with".formatted(place(), entry.revision()));
    }
  }

  @Override
  public @Nullable String commit() {
    return commit;
  }

  @Override
  public String place() {
    return peer.toString();
  }
}
