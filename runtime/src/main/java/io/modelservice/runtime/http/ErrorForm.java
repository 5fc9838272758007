package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.RequestException;
import io.vertx.core.json.JsonObject;

/** How an API writes a refusal. */
enum ErrorForm {
  /** The Open Inference Protocol's: one line. */
  INFERENCE {
    @Override
    JsonObject of(RequestException refused) {
      return new JsonObject().put("error", refused.line());
    }
  },
  /** OpenAI's. */
  OPENAI {
    @Override
    JsonObject of(RequestException refused) {
      var error =
          new JsonObject()
              .put("message", refused.line())
              .put("type", refused.status() < 500 ? "invalid_request_error" : "server_error")
              .putNull("param")
              .put("code", refused.status() == 404 ? "model_not_found" : null);
      return new JsonObject().put("error", error);
    }
  };

  /** The body of the answer. */
  abstract JsonObject of(RequestException refused);
}
