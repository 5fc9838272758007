package io.modelservice.runtime.http;

import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.observability.Ended;
import io.modelservice.runtime.observability.Ended.Bytes;
import io.modelservice.runtime.observability.Ended.Call;
import io.modelservice.runtime.observability.Ended.Caller;
import io.modelservice.runtime.observability.Ended.Inference;
import io.modelservice.runtime.observability.Journal;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Tells the journal of the requests of port 8080, if it wants to know. */
final class Journalled {
  private static final String WATCH = "watch";

  private final Journal journal;
  private final Models models;

  Journalled(Journal journal, Models models) {
    this.journal = journal;
    this.models = models;
  }

  /** A request has come. */
  void begin(RoutingContext context) {
    if (journal.isOn()) {
      var began = System.nanoTime();
      context.addEndHandler(
          end -> {
            var status = Exchange.status(context, end);
            journal.add(ended(context, status, System.nanoTime() - began));
          });
    }
  }

  /** The request is one of the model. */
  void inference(RoutingContext context, Stopwatch watch) {
    if (journal.isOn()) {
      context.put(WATCH, watch);
    }
  }

  private Ended ended(RoutingContext context, int status, long nanos) {
    var request = context.request();
    return new Ended(
        new Call.Http(request.method().name(), String.valueOf(request.path()), status),
        caller(context),
        inference(context),
        new Bytes(request.bytesRead(), context.response().bytesWritten()),
        nanos);
  }

  private static Caller caller(RoutingContext context) {
    var request = context.request();
    var client = request.remoteAddress();
    return new Caller(
        client == null ? null : client.hostAddress(),
        request.getHeader("traceparent"),
        request.getHeader("tracestate"));
  }

  private @Nullable Inference inference(RoutingContext context) {
    Stopwatch watch = context.get(WATCH);
    if (watch == null) {
      return null;
    }
    return new Inference(models.name(), context.response().headers().get(Models.REVISION), watch);
  }
}
