package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.transport.BodyBudget;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** One body that grows in memory, bounded by itself and by all bodies together. */
final class BodyBuffer {
  private static final int FIRST = 1 << 9;

  private final int limit;
  private final BodyBudget budget;
  private final int announced;
  private byte[] bytes = new byte[0];
  private int length;
  private long taken;

  /**
   * An empty body.
   *
   * @param limit bytes
   * @param announced bytes that are believed to come; 0 if unknown
   */
  BodyBuffer(int limit, BodyBudget budget, int announced) {
    this.limit = limit;
    this.budget = budget;
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

  void release() {
    budget.giveBack(taken);
    taken = 0;
    bytes = new byte[0];
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
      throw new RequestException(
          503, RefusalReason.NO_MEMORY, "too many bytes of requests are in memory: try again");
    }
  }

  private boolean grow(int needed) {
    var more = announced >= needed ? announced : Math.max(FIRST, bytes.length * 2L);
    var size = (int) Math.min(limit, Math.max(needed, more));
    if (!budget.take(size - taken)) {
      return false;
    }
    taken = size;
    try {
      bytes = Arrays.copyOf(bytes, size);
      return true;
    } catch (OutOfMemoryError e) {
      return false; // others need the rest of the heap; the client may try again
    }
  }
}
