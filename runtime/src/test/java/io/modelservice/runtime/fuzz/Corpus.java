package io.modelservice.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the seeds of all parsers for {@code fuzz/run.sh}, and prints the parsers' names. */
public final class Corpus {
  private Corpus() {}

  /**
   * Writes seeds.
   *
   * @param arguments the folder; each parser gets one of its name in it
   */
  public static void main(String[] arguments) throws IOException {
    for (var parser : Parsers.values()) {
      var folder = Files.createDirectories(Path.of(arguments[0], parser.name()));
      var seeds = parser.seeds();
      for (var i = 0; i < seeds.size(); i++) {
        Files.write(folder.resolve("seed-" + i), seeds.get(i));
      }
      System.out.println(parser.name());
    }
  }
}
