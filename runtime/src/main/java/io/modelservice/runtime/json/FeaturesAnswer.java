package io.modelservice.runtime.json;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonGenerator;
import io.modelservice.runtime.json.EmbeddingsRequest.Encoding;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.text.FeatureExtractor.Features;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as the bytes of an answer. */
public final class FeaturesAnswer {
  private FeaturesAnswer() {}

  /** One vector. */
  public static byte[] one(float[] vector) {
    return JsonAnswer.write(json -> JsonAnswer.vector(json, vector));
  }

  /** One list of numbers for each input. */
  public static byte[] lists(Features features) {
    return JsonAnswer.write(
        json -> {
          json.writeStartArray();
          for (var vector : features.vectors()) {
            JsonAnswer.vector(json, vector);
          }
          json.writeEndArray();
        });
  }

  /**
   * OpenAI's list of embeddings.
   *
   * @throws RequestException if the client wants another number of dimensions than the model has
   */
  public static byte[] embeddings(EmbeddingsRequest request, Features features)
      throws RequestException {
    var width = features.vectors().getFirst().length;
    if (request.dimensions() != null && request.dimensions() != width) {
      throw bad(
          "the model makes vectors of %d dimensions and cannot shorten them: leave 'dimensions'"
              + " out",
          width);
    }
    return JsonAnswer.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("object", "list");
          json.writeArrayFieldStart("data");
          for (var index = 0; index < features.vectors().size(); index++) {
            json.writeStartObject();
            json.writeStringField("object", "embedding");
            json.writeNumberField("index", index);
            json.writeFieldName("embedding");
            vector(json, features.vectors().get(index), request.encoding());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("model", request.model());
          JsonAnswer.usage(json, features.tokens());
          json.writeEndObject();
        });
  }

  private static void vector(JsonGenerator json, float[] vector, Encoding encoding)
      throws IOException {
    switch (encoding) {
      case FLOAT -> JsonAnswer.vector(json, vector);
      case BASE64 -> {
        var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        json.writeBinary(bytes.array());
      }
    }
  }
}
