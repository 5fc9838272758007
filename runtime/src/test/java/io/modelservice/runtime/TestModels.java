package io.modelservice.runtime;

import java.nio.file.Path;

/** The models that {@code src/test/models/make.py} has written. */
public final class TestModels {
  private TestModels() {}

  /** A folder with {@code model.onnx}. */
  public static Path folder(String name) {
    return Path.of("src/test/models", name).toAbsolutePath();
  }

  /** Its {@code file://} URI. */
  public static String uri(String name) {
    return folder(name).toUri().toString();
  }
}
