package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.transport.Refusals;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** One body that grows in memory, bounded by itself and by all bodies together. */
final class BodyBuffer {
  private static final int FIRST = 1 << 9;
  private static final byte[] NONE = {};

  private final int limit;
  private final BodyMemory memory;
  private final int announced;
  private byte[] bytes = NONE;
  private int length;

  /**
   * An empty body.
   *
   * @param limit bytes
   * @param announced bytes that are believed to come; 0 if unknown
   */
  BodyBuffer(int limit, BodyMemory memory, int announced) {
    this.limit = limit;
    this.memory = memory;
    this.announced = announced;
  }

  /** Takes more bytes, or throws with status 413 or 503. */
  void append(Buffer chunk) throws RequestException {
    reserve(chunk.length());
    chunk.getBytes(bytes, length);
    length += chunk.length();
  }

  /** Takes the first bytes of a chunk, or throws with status 413 or 503. */
  void append(byte[] chunk, int count) throws RequestException {
    reserve(count);
    System.arraycopy(chunk, 0, bytes, length, count);
    length += count;
  }

  Body body() {
    return new Body(bytes, length);
  }

  /**
   * Gives its memory back when the request is over. It becomes that of another body only after an
   * answer with status 200: a lane may still read the body of a request that was given up.
   */
  void releaseAtEnd(RoutingContext context) {
    context.addEndHandler(
        end -> {
          if (end.succeeded() && context.response().getStatusCode() == 200) {
            memory.recycle(bytes);
            bytes = NONE;
          } else {
            release();
          }
        });
  }

  /** Gives its memory back now; somebody may still read it. */
  void release() {
    memory.drop(bytes);
    bytes = NONE;
  }

  /** The refusal of a body of more than so many bytes. */
  static RequestException tooLarge(int limit) {
    return new RequestException(413, "the body is larger than the limit of " + limit + " bytes");
  }

  private void reserve(int more) throws RequestException {
    var needed = (long) length + more;
    if (needed > limit) {
      throw tooLarge(limit);
    }
    if (needed > bytes.length && !grow((int) needed)) {
      throw Refusals.noMemory();
    }
  }

  private boolean grow(int needed) {
    var more = announced >= needed ? announced : Math.max(FIRST, bytes.length * 2L);
    var larger = memory.take((int) Math.min(limit, Math.max(needed, more)));
    if (larger == null) {
      return false;
    }
    System.arraycopy(bytes, 0, larger, 0, length);
    memory.recycle(bytes);
    bytes = larger;
    return true;
  }
}
