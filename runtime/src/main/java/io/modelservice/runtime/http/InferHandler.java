package io.modelservice.runtime.http;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Answer;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.RestInference;
import io.modelservice.runtime.protocol.Target;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** {@code POST /v2/models/NAME[/versions/REVISION]/infer}. */
final class InferHandler implements Handler<RoutingContext> {
  private static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  private final Models models;
  private final Exchange exchange;
  private final SharedMemory memory;

  InferHandler(Models models, Exchange exchange, SharedMemory memory) {
    this.models = models;
    this.exchange = exchange;
    this.memory = memory;
  }

  @Override
  public void handle(RoutingContext context) {
    exchange.serve(context, (body, watch) -> infer(context, body, watch));
  }

  private Future<Runnable> infer(RoutingContext context, Body body, Stopwatch watch)
      throws RequestException {
    var headerLength = headerLength(context.request().getHeader(HEADER_LENGTH));
    var served = models.lease(context);
    exchange.leased(context, served, watch);
    var target = new Target(models.name(), served.revision(), served.signature(), served.labels());
    var inference = new RestInference(body, headerLength, target, memory, watch);
    return LaneCall.run(context, served, body.length(), inference)
        .map(answer -> () -> send(context, answer));
  }

  private static int headerLength(@Nullable String header) throws RequestException {
    if (header == null) {
      return RestInference.ALL_JSON;
    }
    try {
      var length = Integer.parseInt(header);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw bad("%s must be a number of bytes", HEADER_LENGTH);
  }

  private static void send(RoutingContext context, Answer answer) {
    var response = context.response();
    if (answer.headerLength() == RestInference.ALL_JSON) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
      Gzip.end(context, answer.bytes());
    } else {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
      response.putHeader(HEADER_LENGTH, Integer.toString(answer.headerLength()));
      response.end(Buffer.buffer(Unpooled.wrappedBuffer(answer.bytes()))); // no copy
    }
  }
}
