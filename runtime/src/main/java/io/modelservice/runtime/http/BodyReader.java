package io.modelservice.runtime.http;

import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Receives bodies, bounded each and together. What is too large is refused before it is read when
 * the client says its length, else as soon as the limit is passed.
 */
final class BodyReader {
  /** What a client announces is believed up to this size; beyond, memory follows what has come. */
  private static final int BELIEVED = 1 << 21;

  private final int limit;
  private final BodyMemory memory;
  private final Gunzip gunzip;

  BodyReader(int limit, BodyMemory memory) {
    this.limit = limit;
    this.memory = memory;
    this.gunzip = new Gunzip(limit, memory);
  }

  /** The whole body, inflated, or a {@link RequestException} with status 400, 413, 415 or 503. */
  Future<Body> read(RoutingContext context) {
    var request = context.request();
    var declared = declared(context);
    if (declared > limit) {
      return Future.failedFuture(BodyBuffer.tooLarge(limit));
    }
    var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !Gunzip.understands(encoding)) {
      return Future.failedFuture(Gunzip.unsupported());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    var announced = declared <= BELIEVED ? (int) declared : 0;
    var receiver = new Receiver(new BodyBuffer(limit, memory, announced));
    receiver.buffer.releaseAtEnd(context);
    request.handler(receiver::receive);
    request.exceptionHandler(receiver::fail);
    request.endHandler(end -> receiver.end());
    request.resume();
    var received = receiver.promise.future();
    return encoding == null ? received : received.compose(body -> gunzip.inflate(context, body));
  }

  private static long declared(RoutingContext context) {
    var header = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return header == null ? 0 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** One body on its way; used by its event loop only. */
  private static final class Receiver {
    private final Promise<Body> promise = Promise.promise();
    private final BodyBuffer buffer;

    Receiver(BodyBuffer buffer) {
      this.buffer = buffer;
    }

    void receive(Buffer chunk) {
      if (promise.future().isComplete()) {
        return;
      }
      try {
        buffer.append(chunk);
      } catch (RequestException e) {
        fail(e);
      }
    }

    void end() {
      promise.tryComplete(buffer.body());
    }

    void fail(Throwable problem) {
      promise.tryFail(problem);
    }
  }
}
