package io.modelservice.runtime.fetch;

import io.modelservice.runtime.source.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Moves bytes in chunks and hashes them on the way.
 *
 * @param progress is told of every chunk
 */
record Pump(Progress progress) {
  private static final int CHUNK = 1 << 17;

  /** Reads a file of this machine to its end. */
  MessageDigest hash(Path file) throws IOException, InterruptedException {
    try (var in = Files.newInputStream(file)) {
      return hash(in);
    }
  }

  /** Reads to the end. */
  MessageDigest hash(InputStream in) throws IOException, InterruptedException {
    var hash = Sha256.start();
    move(in, OutputStream.nullOutputStream(), hash);
    return hash;
  }

  /** Writes what comes, to the end, and adds it to the hash. */
  void move(InputStream in, OutputStream out, MessageDigest hash)
      throws IOException, InterruptedException {
    var chunk = new byte[CHUNK];
    for (var read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the fetch was stopped");
      }
      hash.update(chunk, 0, read);
      out.write(chunk, 0, read);
      progress.add(read);
    }
  }
}
