package io.modelservice.runtime;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The models that {@code src/test/models/make.py} has written. */
public final class TestModels {
  private TestModels() {}

  /** A folder with {@code model.onnx}. */
  public static Path folder(String name) {
    return Path.of("src/test/models", name).toAbsolutePath();
  }

  /**
   * The file of a model behind a field that nobody knows.
   *
   * @param unknown as long as weights are, and to be skipped as they are
   */
  public static byte[] behind(byte[] unknown, String name) throws IOException {
    var file = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(file);
    out.writeByteArray(100, unknown);
    out.flush();
    file.write(Files.readAllBytes(folder(name).resolve("model.onnx")));
    return file.toByteArray();
  }

  /** Its {@code file://} URI. */
  public static String uri(String name) {
    return folder(name).toUri().toString();
  }
}
