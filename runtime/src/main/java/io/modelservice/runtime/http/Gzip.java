package io.modelservice.runtime.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses answers for clients that ask for it, off the event loop. */
final class Gzip {
  /** Smaller answers fit a packet or two as they are. */
  static final int LEAST = 1 << 10;

  private static final String GZIP = "gzip";

  private Gzip() {}

  /** Ends an answer whose status and type are set. */
  static void end(RoutingContext context, byte[] body) {
    var request = context.request();
    if (body.length <= LEAST || !wanted(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      send(context, body);
      return;
    }
    context
        .vertx()
        .executeBlocking(() -> compress(body), false)
        .onSuccess(
            compressed -> {
              context
                  .response()
                  .putHeader(HttpHeaders.CONTENT_ENCODING, GZIP)
                  .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
              send(context, Objects.requireNonNull(compressed));
            })
        .onFailure(problem -> send(context, body));
  }

  /** Whether an {@code Accept-Encoding} names gzip and does not rule it out (RFC 9110, 12.5.3). */
  static boolean wanted(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    for (var coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      var parts = coding.split(";", 2);
      if (parts[0].strip().equals(GZIP)) {
        return parts.length == 1 || !parts[1].strip().matches("q\\s*=\\s*0(\\.0*)?");
      }
    }
    return false;
  }

  private static byte[] compress(byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream(body.length / 4);
    try (var out = new Fastest(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private static void send(RoutingContext context, byte[] body) {
    var response = context.response();
    if (!response.ended() && !response.closed()) {
      response.end(Buffer.buffer(Unpooled.wrappedBuffer(body))); // no copy
    }
  }

  /** Numbers in JSON gain little from a longer search. */
  private static final class Fastest extends GZIPOutputStream {
    Fastest(ByteArrayOutputStream bytes) throws IOException {
      super(bytes);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
