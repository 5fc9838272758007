package io.modelservice.runtime.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.modelservice.runtime.task.Score;
import java.io.IOException;
import java.util.List;

/** Labels with their scores as the bytes of an answer. */
public final class ScoresAnswer {
  private ScoresAnswer() {}

  /** The labels of one input. */
  public static byte[] one(List<Score> scores) {
    return JsonAnswer.write(json -> scores(json, scores));
  }

  /** A list of labels for each input. */
  public static byte[] lists(List<List<Score>> inputs) {
    return JsonAnswer.write(
        json -> {
          json.writeStartArray();
          for (var scores : inputs) {
            scores(json, scores);
          }
          json.writeEndArray();
        });
  }

  private static void scores(JsonGenerator json, List<Score> scores) throws IOException {
    json.writeStartArray();
    for (var score : scores) {
      json.writeStartObject();
      json.writeStringField("label", score.label());
      json.writeNumberField("score", score.score());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
