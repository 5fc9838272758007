package io.modelservice.runtime.http;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Inflates bodies that came compressed, off the event loop, since few bytes may become many. The
 * bounds of bodies hold for what they become.
 */
final class Gunzip {
  private static final String GZIP = "gzip";
  private static final int CHUNK = 1 << 13;

  private final int limit;
  private final BodyMemory memory;

  Gunzip(int limit, BodyMemory memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /** Whether a body of this {@code Content-Encoding} can be read. */
  static boolean understands(String encoding) {
    return encoding.equalsIgnoreCase(GZIP);
  }

  static RequestException unsupported() {
    return new RequestException(
        415, "the only Content-Encoding understood here is gzip: send that or none");
  }

  /** The inflated body, or a {@link RequestException} with status 400, 413 or 503. */
  Future<Body> inflate(RoutingContext context, Body compressed) {
    var buffer = new BodyBuffer(limit, memory, 0);
    return context
        .vertx()
        .executeBlocking(() -> inflate(compressed, buffer), false)
        .map(body -> Objects.requireNonNull(body))
        .onComplete(done -> releaseAtEnd(context, buffer));
  }

  private static Body inflate(Body compressed, BodyBuffer buffer) throws RequestException {
    var bytes = new ByteArrayInputStream(compressed.bytes(), 0, compressed.length());
    try (var in = new GZIPInputStream(bytes, CHUNK)) {
      var chunk = new byte[CHUNK];
      for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        buffer.append(chunk, count);
      }
      return buffer.body();
    } catch (IOException e) {
      throw bad("the body is damaged or no gzip, though its Content-Encoding says so");
    }
  }

  /** The client may have left while the body was inflated; then no end is announced any more. */
  private static void releaseAtEnd(RoutingContext context, BodyBuffer buffer) {
    if (context.response().ended() || context.response().closed()) {
      buffer.release();
    } else {
      buffer.releaseAtEnd(context);
    }
  }
}
