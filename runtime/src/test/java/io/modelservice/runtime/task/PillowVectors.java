package io.modelservice.runtime.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** What {@code src/test/vectors/make.py} has written with Pillow. */
final class PillowVectors {
  private static final Path FOLDER = Path.of("src/test/vectors");

  private PillowVectors() {}

  static JsonNode read(String file) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(FOLDER.resolve(file)));
  }

  static byte[] image(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }

  static Pixels pixels(JsonNode vector) {
    return new Pixels(
        vector.get("width").asInt(),
        vector.get("height").asInt(),
        Base64.getDecoder().decode(vector.get("rgb").asText()));
  }

  /** The largest difference of one channel of one pixel, in levels. */
  static int difference(Pixels one, Pixels other) {
    var largest = 0;
    for (var i = 0; i < one.rgb().length; i++) {
      largest = Math.max(largest, Math.abs((one.rgb()[i] & 0xFF) - (other.rgb()[i] & 0xFF)));
    }
    return largest;
  }
}
