package io.modelservice.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** all-MiniLM-L6-v2 in INT8, from the test's dependencies, with the files of the sample. */
public final class MiniLm {
  private static final Path LAYOUT =
      Path.of("../deploy/samples/models/all-minilm-l6-v2").toAbsolutePath();
  private static final String NAME = "/all-minilm-l6-v2-q";

  private MiniLm() {}

  /** Writes the artifact into a folder. */
  public static Path writeTo(Path folder) throws IOException {
    try (var files = Files.walk(LAYOUT)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve(LAYOUT.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    copy(NAME + ".onnx", folder.resolve("model.onnx"));
    copy(NAME + "-tokenizer.json", folder.resolve("tokenizer.json"));
    return folder;
  }

  private static void copy(String resource, Path file) throws IOException {
    try (var in = Objects.requireNonNull(MiniLm.class.getResourceAsStream(resource))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
