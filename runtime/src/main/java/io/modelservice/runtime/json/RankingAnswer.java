package io.modelservice.runtime.json;

import io.modelservice.runtime.task.text.TextRanker.Ranking;

/** Ranked documents as the bytes of an answer. */
public final class RankingAnswer {
  private RankingAnswer() {}

  /** The form of Cohere and Jina, the best document first. */
  public static byte[] write(RerankRequest request, String model, Ranking ranking) {
    return JsonAnswer.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("object", "list");
          json.writeStringField("model", model);
          json.writeArrayFieldStart("results");
          for (var ranked : ranking.documents().stream().limit(request.topN()).toList()) {
            json.writeStartObject();
            json.writeNumberField("index", ranked.index());
            json.writeNumberField("relevance_score", ranked.score());
            if (request.documentsWanted()) {
              json.writeObjectFieldStart("document");
              json.writeStringField("text", request.documents().get(ranked.index()));
              json.writeEndObject();
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          JsonAnswer.usage(json, ranking.tokens());
          json.writeEndObject();
        });
  }
}
