package io.modelservice.runtime.fetch;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the servers of the tests do in the same way. */
final class Answers {
  private Answers() {}

  /** Status 404 for nothing. */
  static void send(HttpExchange exchange, byte @Nullable [] content) throws IOException {
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
  }

  /** The header {@code Authorization}; "null" for none. */
  static String authorization(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }
}
