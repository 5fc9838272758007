package io.modelservice.runtime.json;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.text.TextInput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/embeddings}, as in OpenAI's API; fields that are not named here are
 * left aside.
 *
 * @param model the name that the client asks for
 * @param dimensions that a vector must have; null where it may have any
 */
public record EmbeddingsRequest(
    String model, List<TextInput> inputs, Encoding encoding, @Nullable Integer dimensions) {

  /** How a vector is written. */
  public enum Encoding {
    /** As a list of numbers. */
    FLOAT,
    /** Its FP32 values, little-endian, as base64. */
    BASE64
  }

  /**
   * Reads a request.
   *
   * @throws RequestException if it is not of this form
   */
  public static EmbeddingsRequest read(Body body) throws RequestException {
    var reader = new Reader();
    JsonRequest.read(body, reader::field);
    if (reader.model == null) {
      throw bad("the request must name a 'model'");
    }
    if (reader.inputs == null) {
      throw bad("the request has no 'input'");
    }
    return new EmbeddingsRequest(reader.model, reader.inputs, reader.encoding, reader.dimensions);
  }

  /** The fields so far. */
  private static final class Reader {
    private @Nullable String model;
    private @Nullable List<TextInput> inputs;
    private Encoding encoding = Encoding.FLOAT;
    private @Nullable Integer dimensions;

    void field(String name, JsonParser json) throws IOException, RequestException {
      switch (name) {
        case "model" -> model = JsonRequest.text(name, json);
        case "input" -> inputs = TextInputs.read(name, json);
        case "encoding_format" -> encoding = encoding(json);
        case "dimensions" -> dimensions = dimensions(json);
        default -> json.skipChildren();
      }
    }

    private static @Nullable Integer dimensions(JsonParser json)
        throws IOException, RequestException {
      return json.currentToken() == JsonToken.VALUE_NULL
          ? null
          : JsonRequest.count("dimensions", json);
    }

    private static Encoding encoding(JsonParser json) throws IOException, RequestException {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return Encoding.FLOAT;
      }
      return switch (JsonRequest.text("encoding_format", json)) {
        case "float" -> Encoding.FLOAT;
        case "base64" -> Encoding.BASE64;
        default -> throw bad("'encoding_format' must be 'float' or 'base64'");
      };
    }
  }
}
