package io.modelservice.runtime.task.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;

/**
 * A {@code tokenizer.json} as the library may see it. The library ends the process when some parts
 * are damaged, so the file must be JSON, and what is not needed to make tokens is left out.
 */
final class TokenizerFile {
  private static final Set<String> NOT_NEEDED = Set.of("decoder", "padding", "truncation");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .setCodec(new ObjectMapper());

  private TokenizerFile() {}

  /** Reads a file, token by token. */
  static String read(Path file) throws IOException {
    var text = new StringWriter();
    try (var in = JSON.createParser(file.toFile());
        var out = JSON.createGenerator(text)) {
      copy(in, out);
    }
    return text.toString();
  }

  private static void copy(JsonParser in, JsonGenerator out) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(in, "not an object");
    }
    out.writeStartObject();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      var name = in.currentName();
      in.nextToken();
      if (NOT_NEEDED.contains(name)) {
        in.skipChildren();
        continue;
      }
      out.writeFieldName(name);
      if (name.equals("post_processor")) {
        JsonNode processor = in.readValueAsTree();
        requireSpecialTokens(processor, in);
        out.writeTree(processor);
      } else {
        out.copyCurrentStructure(in);
      }
    }
    out.writeEndObject();
    if (in.nextToken() != null) {
      throw new JsonParseException(in, "more than an object");
    }
  }

  /** Templates may name only special tokens that they define. */
  private static void requireSpecialTokens(JsonNode processor, JsonParser in) throws IOException {
    for (var template : processor.findParents("special_tokens")) {
      for (var used : template.findValues("SpecialToken")) {
        if (!template.get("special_tokens").has(used.path("id").asText())) {
          throw new JsonParseException(in, "a template has an unknown special token");
        }
      }
    }
  }
}
