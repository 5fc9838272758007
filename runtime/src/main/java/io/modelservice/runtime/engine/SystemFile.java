package io.modelservice.runtime.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in which Linux tells numbers, one a line after its name: {@code /proc/self/status}. */
public record SystemFile(Path path) {

  public boolean isReadable() {
    return Files.isReadable(path);
  }

  /**
   * The number behind a name, in the unit of the file; 0 if it is not there.
   *
   * @param name as the file writes it, with its colon if it has one
   */
  public long number(String name) {
    try (var lines = Files.lines(path)) {
      return lines
          .filter(line -> line.split("\\s", 2)[0].equals(name))
          .map(line -> line.replaceAll("\\D", " ").strip().split(" +", -1)[0])
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
