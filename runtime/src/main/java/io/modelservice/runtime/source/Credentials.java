package io.modelservice.runtime.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of the store: files of the mounted Secret of {@code model.secretRef}, each named like
 * the environment variable that it wins over. Read anew for each attempt, because a Secret may come
 * or change later.
 */
public final class Credentials {
  /** Where the operator mounts the Secret. */
  public static final String FOLDER = "/etc/modelservice/credentials";

  private final Path folder;
  private final Map<String, String> environment;

  /** The folder may be missing. */
  public Credentials(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** The key that is there now under the name of an environment variable; never empty. */
  public Optional<String> value(String name) {
    return file(name)
        .or(() -> Optional.ofNullable(environment.get(name)))
        .filter(v -> !v.isEmpty());
  }

  private Optional<String> file(String name) {
    try {
      return Optional.of(Files.readString(folder.resolve(name)).strip()).filter(v -> !v.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
