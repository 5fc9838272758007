package io.modelservice.runtime.fetch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.runtime.source.RemoteFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The file that is coming, as far as it has come, and beside it a note of what it is: what a later
 * attempt, or a restarted container, goes on from. Files come one after the other, so there is one.
 */
final class PartFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path bytes;
  private final Path note;

  /** Both files may be missing. */
  PartFile(Path bytes, Path note) {
    this.bytes = bytes;
    this.note = note;
  }

  private record Note(String path, long size, String etag) {}

  /**
   * Makes ready for a file.
   *
   * @return how many bytes of this very content are there; those of any other are dropped
   */
  long begin(RemoteFile file) throws IOException {
    var wanted =
        Optional.ofNullable(file.etag()).map(etag -> new Note(file.path(), file.size(), etag));
    var there = size();
    if (wanted.isPresent() && wanted.equals(noted()) && there <= file.size()) {
      return there;
    }
    drop();
    if (wanted.isPresent()) { // without an ETag nobody could tell whether the rest belongs to it
      write(wanted.get());
    }
    return 0;
  }

  private Optional<Note> noted() {
    try {
      return Files.exists(note)
          ? Optional.of(JSON.readValue(Files.readAllBytes(note), Note.class))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void write(Note wanted) throws IOException {
    var draft = note.resolveSibling(note.getFileName() + ".new");
    Files.write(draft, JSON.writeValueAsBytes(wanted));
    Files.move(draft, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** How many bytes are there. */
  long size() throws IOException {
    return Files.exists(bytes) ? Files.size(bytes) : 0;
  }

  /** Where the bytes are; missing if there are none. */
  Path bytes() {
    return bytes;
  }

  /** Writes after the bytes that are there. */
  OutputStream append() throws IOException {
    return Files.newOutputStream(bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Drops the bytes but not the note. */
  void empty() throws IOException {
    Files.deleteIfExists(bytes);
  }

  /** Drops all; the bytes first, so that none are ever noted as those of another file. */
  void drop() throws IOException {
    empty();
    Files.deleteIfExists(note);
  }

  /** The file is whole: it takes its place in the artifact. */
  void moveTo(Path target) throws IOException {
    Files.createDirectories(target.resolveSibling("."));
    Files.move(bytes, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    drop();
  }
}
