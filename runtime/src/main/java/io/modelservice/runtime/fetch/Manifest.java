package io.modelservice.runtime.fetch;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list of files of a folder that were read to their end, kept beside them: what a restarted
 * container may use again, after it has hashed it once more.
 */
final class Manifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<HashedFile> entries = new ArrayList<>();

  private Manifest(Path file) {
    this.file = file;
  }

  /** Reads the manifest; one that is missing or damaged counts as empty. */
  static Manifest open(Path file) {
    var manifest = new Manifest(file);
    try {
      if (Files.exists(file)) {
        manifest.entries.addAll(
            JSON.readValue(Files.readAllBytes(file), new TypeReference<List<HashedFile>>() {}));
      }
    } catch (IOException e) {
      manifest.entries.clear();
    }
    return manifest;
  }

  List<HashedFile> entries() {
    return List.copyOf(entries);
  }

  Optional<HashedFile> find(String path) {
    return entries.stream().filter(entry -> entry.path().equals(path)).findFirst();
  }

  /** Adds or replaces a file and writes the list; a crash leaves the old or the new one. */
  void put(HashedFile entry) throws IOException {
    entries.removeIf(old -> old.path().equals(entry.path()));
    entries.add(entry);
    var draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, JSON.writeValueAsBytes(entries));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
