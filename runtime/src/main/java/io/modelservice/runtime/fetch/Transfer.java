package io.modelservice.runtime.fetch;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Sha256;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.security.MessageDigest;

/** Copies one file of a source to this machine, and goes on where an earlier attempt ended. */
final class Transfer {
  private final Source source;
  private final PartFile part;
  private final Progress progress;
  private final Pump pump;

  Transfer(Source source, PartFile part, Progress progress) {
    this.source = source;
    this.part = part;
    this.progress = progress;
    this.pump = new Pump(progress);
  }

  /**
   * Fetches what is missing into the part; its hash is that of all bytes, those of earlier attempts
   * too.
   *
   * @throws FetchException if it did not come whole; what has come is kept for the next attempt
   */
  HashedFile copy(RemoteFile file) throws FetchException, IOException, InterruptedException {
    var there = part.begin(file);
    var hash = there == 0 ? Sha256.start() : pump.hash(part.bytes());
    if (there < file.size() || there == 0) {
      hash = rest(file, there, hash);
    }
    var copied = new HashedFile(file.path(), file.size(), Sha256.hex(hash), file.etag());
    checkPromise(file, copied);
    return copied;
  }

  private MessageDigest rest(RemoteFile file, long there, MessageDigest ofThere)
      throws FetchException, IOException, InterruptedException {
    try (var body = source.open(file, there)) {
      var hash = body.from() == there ? ofThere : Sha256.start();
      if (body.from() != there) {
        part.empty();
        progress.add(-there);
      }
      try (var out = part.append()) {
        pump.move(body.in(), out, hash);
      }
      checkSize(file);
      return hash;
    }
  }

  private void checkSize(RemoteFile file) throws FetchException, IOException {
    var size = part.size();
    if (size > file.size()) {
      part.drop();
    }
    if (size != file.size()) {
      throw new FetchException(
          Reason.StoreUnreachable,
          "the connection ended before all of '%s' at %s had come"
              .formatted(file.path(), source.place()));
    }
  }

  private void checkPromise(RemoteFile file, HashedFile copied) throws FetchException, IOException {
    if (file.sha256() != null && !file.sha256().equals(copied.sha256())) {
      part.drop();
      throw new FetchException(
          Reason.StoreUnreachable,
          "'%s' at %s came damaged: its SHA-256 is %s, but is listed as %s"
              .formatted(file.path(), source.place(), copied.sha256(), file.sha256()));
    }
  }
}
