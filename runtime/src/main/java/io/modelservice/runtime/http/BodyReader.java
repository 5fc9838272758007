package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.transport.BodyBudget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;

/**
 * Receives bodies, bounded each and together. What is too large is refused before it is read when
 * the client says its length, else as soon as the limit is passed.
 */
final class BodyReader {
  private static final int FIRST = 1 << 9;

  /** What a client announces is believed up to this size; beyond, memory follows what has come. */
  private static final int BELIEVED = 1 << 21;

  private final int limit;
  private final BodyBudget budget;

  BodyReader(int limit, BodyBudget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /** The whole body, or a {@link RequestException} with status 413 or 503. */
  Future<Body> read(RoutingContext context) {
    var request = context.request();
    var declared = declared(context);
    if (declared > limit) {
      return Future.failedFuture(tooLarge());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    var receiver = new Receiver(Promise.promise(), declared <= BELIEVED ? (int) declared : 0);
    context.addEndHandler(end -> receiver.release());
    request.handler(receiver::receive);
    request.exceptionHandler(receiver::fail);
    request.endHandler(end -> receiver.end());
    request.resume();
    return receiver.promise.future();
  }

  private static long declared(RoutingContext context) {
    var header = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return header == null ? 0 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private RequestException tooLarge() {
    return new RequestException(413, "the body is larger than the limit of " + limit + " bytes");
  }

  /** One body on its way; used by its event loop only. */
  private final class Receiver {
    private final Promise<Body> promise;
    private final int announced;
    private byte[] bytes = new byte[0];
    private int length;
    private long taken;

    Receiver(Promise<Body> promise, int announced) {
      this.promise = promise;
      this.announced = announced;
    }

    void receive(Buffer chunk) {
      if (promise.future().isComplete()) {
        return;
      }
      if (length + chunk.length() > limit) {
        fail(tooLarge());
      } else if (!ensure(length + chunk.length())) {
        fail(new RequestException(503, "too many bytes of requests are in memory: try again"));
      } else {
        chunk.getBytes(bytes, length);
        length += chunk.length();
      }
    }

    private boolean ensure(int needed) {
      if (needed <= bytes.length) {
        return true;
      }
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

    void end() {
      promise.tryComplete(new Body(bytes, length));
    }

    void fail(Throwable problem) {
      promise.tryFail(problem);
    }

    void release() {
      budget.giveBack(taken);
      taken = 0;
      bytes = new byte[0];
    }
  }
}
