package io.modelservice.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the JSON of an answer. */
final class JsonAnswer {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private JsonAnswer() {}

  /** What the answer holds. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] write(Content content) {
    var bytes = new ByteArrayOutputStream(1 << 12);
    try (var json = JSON.createGenerator(bytes)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer cannot be written to memory", e);
    }
    return bytes.toByteArray();
  }

  static void vector(JsonGenerator json, float[] vector) throws IOException {
    json.writeStartArray();
    for (var value : vector) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  /** OpenAI's account of tokens; nothing is generated here, so both are the same. */
  static void usage(JsonGenerator json, int tokens) throws IOException {
    json.writeObjectFieldStart("usage");
    json.writeNumberField("prompt_tokens", tokens);
    json.writeNumberField("total_tokens", tokens);
    json.writeEndObject();
  }
}
