package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.RequestException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How an API writes a refusal. */
enum ErrorForm {
  /** The Open Inference Protocol's: one line. */
  INFERENCE {
    @Override
    int status(RequestException refused) {
      return refused.status();
    }

    @Override
    JsonObject of(RequestException refused) {
      return new JsonObject().put("error", refused.line());
    }
  },
  /** OpenAI's, whose clients wait and try again after 429. */
  OPENAI {
    @Override
    int status(RequestException refused) {
      return tooMany(refused) ? 429 : refused.status();
    }

    @Override
    JsonObject of(RequestException refused) {
      var error =
          new JsonObject()
              .put("message", refused.line())
              .put("type", type(refused))
              .putNull("param")
              .put("code", code(refused));
      return new JsonObject().put("error", error);
    }

    private static String type(RequestException refused) {
      if (tooMany(refused)) {
        return "rate_limit_error";
      }
      return refused.status() < 500 ? "invalid_request_error" : "server_error";
    }

    private static @Nullable String code(RequestException refused) {
      if (tooMany(refused)) {
        return "rate_limit_exceeded";
      }
      return refused.status() == 404 ? "model_not_found" : null;
    }

    private static boolean tooMany(RequestException refused) {
      return switch (refused.reason()) {
        case OVERLOADED, NO_MEMORY -> true;
        default -> false;
      };
    }
  };

  /** The HTTP status of the answer. */
  abstract int status(RequestException refused);

  /** The body of the answer. */
  abstract JsonObject of(RequestException refused);
}
