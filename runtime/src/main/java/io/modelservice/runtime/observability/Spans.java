package io.modelservice.runtime.observability;

import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.observability.Ended.Call;
import io.modelservice.runtime.observability.Ended.Caller;
import io.modelservice.runtime.observability.Ended.Inference;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of inferences and sends them off by OTLP. They are made when a request is over,
 * from the times that are measured anyway: a span of the server, and one below it for each phase.
 * Names of attributes are those of OpenTelemetry's semantic conventions.
 */
final class Spans implements AutoCloseable {
  private static final int FIRST_ERROR = 500;

  /** The codes that are errors of a server, by the conventions for gRPC. */
  private static final Set<String> GRPC_ERRORS =
      Set.of(
          "UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS");

  private static final TextMapGetter<Caller> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Caller caller) {
          return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable Caller caller, String key) {
          var from = Objects.requireNonNull(caller);
          return switch (key) {
            case "traceparent" -> from.traceparent();
            case "tracestate" -> from.tracestate();
            default -> null;
          };
        }
      };

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  private Spans(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    tracer = sdk.getTracer("io.modelservice.runtime");
  }

  /**
   * Set up by the variables {@code OTEL_*} of the environment, of which traces alone are used.
   *
   * @throws RuntimeException if one of them is wrong
   */
  static Spans fromEnvironment() {
    var defaults =
        Map.of(
            "otel.service.name", "modelservice-runtime",
            "otel.exporter.otlp.protocol", "http/protobuf");
    var others = Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");
    var configured =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook() // the pod closes it when its last request is answered
            .addPropertiesSupplier(() -> defaults)
            .addPropertiesCustomizer(given -> others)
            .build();
    return new Spans(configured.getOpenTelemetrySdk());
  }

  /**
   * Makes the spans of a request, if it is sampled.
   *
   * @param end when the request ended
   * @return the id of its trace
   */
  String add(Ended request, Inference inference, Instant end) {
    var propagator = sdk.getPropagators().getTextMapPropagator();
    var parent = propagator.extract(Context.root(), request.caller(), HEADERS);
    var start = end.minusNanos(request.nanos());
    var span =
        tracer
            .spanBuilder(name(request.call()))
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(start)
            .startSpan();
    if (span.isRecording()) {
      describe(span, request, inference);
      phases(span, inference.watch(), start);
      span.end(end);
    }
    return span.getSpanContext().getTraceId();
  }

  /** A path that is not one of the model's is no name: there are too many of them. */
  private static String name(Call call) {
    return switch (call) {
      case Call.Http http ->
          http.status() == 404 ? http.method() : http.method() + " " + http.path();
      case Call.Grpc grpc -> grpc.method();
    };
  }

  private static void describe(Span span, Ended request, Inference inference) {
    switch (request.call()) {
      case Call.Http http -> {
        span.setAttribute("http.request.method", http.method());
        span.setAttribute("url.path", http.path());
        span.setAttribute("http.response.status_code", http.status());
      }
      case Call.Grpc grpc -> {
        span.setAttribute("rpc.system.name", "grpc");
        span.setAttribute("rpc.method", grpc.method());
        span.setAttribute("rpc.response.status_code", grpc.code());
      }
    }
    if (failed(request.call())) {
      span.setStatus(StatusCode.ERROR);
    }
    span.setAttribute("modelservice.model", inference.model());
    if (inference.revision() != null) {
      span.setAttribute("modelservice.revision", inference.revision());
    }
    if (request.caller().address() != null) {
      span.setAttribute("client.address", request.caller().address());
    }
  }

  private static boolean failed(Call call) {
    return switch (call) {
      case Call.Http http -> http.status() >= FIRST_ERROR;
      case Call.Grpc grpc -> GRPC_ERRORS.contains(grpc.code());
    };
  }

  private void phases(Span span, Stopwatch watch, Instant start) {
    var parent = Context.root().with(span);
    var begin = start;
    for (var phase : Phase.values()) {
      var nanos = watch.nanos(phase);
      if (nanos == 0) {
        continue;
      }
      var end = begin.plusNanos(nanos);
      tracer
          .spanBuilder(phase.name().toLowerCase(Locale.ROOT))
          .setParent(parent)
          .setStartTimestamp(begin)
          .startSpan()
          .end(end);
      begin = end;
    }
  }

  /** Sends the last spans off, for some seconds at most. */
  @Override
  public void close() {
    sdk.close();
  }
}
