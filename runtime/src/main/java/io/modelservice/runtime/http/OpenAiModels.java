package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.RequestException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;

/**
 * {@code GET /v1/models} and {@code /v1/models/NAME}: a model as in OpenAI's API, with name and
 * readiness as in KServe's first protocol.
 */
final class OpenAiModels {
  private final Models models;
  private final long since = Instant.now().getEpochSecond();

  OpenAiModels(Models models) {
    this.models = models;
  }

  void list(RoutingContext context) {
    var data = new JsonArray();
    if (!models.name().isEmpty()) {
      data.add(model());
    }
    var list = new JsonObject().put("object", "list").put("data", data);
    Replies.json(context, 200, list.encode());
  }

  void one(RoutingContext context) {
    try {
      models.checkName(context.pathParam("model"));
      Replies.json(context, 200, model().encode());
    } catch (RequestException e) {
      Replies.error(context, e, ErrorForm.OPENAI);
    }
  }

  private JsonObject model() {
    return new JsonObject()
        .put("id", models.name())
        .put("object", "model")
        .put("created", since)
        .put("owned_by", "modelservice")
        .put("name", models.name())
        .put("ready", models.ready());
  }
}
