package io.modelservice.runtime.observability;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelservice.runtime.observability.AccessLog.Form;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each request that is over, for the access log and the traces. Both are off as long as
 * nobody asks for them, and cost nothing then.
 */
@Singleton
public class Journal {
  private static final Logger LOG = Logger.getLogger(Journal.class);

  private final Clock clock = Clock.systemUTC();
  private final AccessLog accessLog;
  private final @Nullable Spans spans;

  Journal(
      @ConfigProperty(name = "otel.exporter.otlp.endpoint") Optional<String> endpoint,
      @ConfigProperty(name = "otel.exporter.otlp.traces.endpoint") Optional<String> traces,
      @ConfigProperty(name = "quarkus.log.console.json.enabled") boolean json,
      MeterRegistry registry) {
    accessLog = new AccessLog(json ? Form.FIELDS : Form.TEXT);
    spans = endpoint.or(() -> traces).isPresent() ? spans() : null;
    FunctionCounter.builder("modelservice.access.log.dropped", accessLog, AccessLog::dropped)
        .description("Lines of the access log that were not written because too many waited")
        .register(registry);
  }

  private static @Nullable Spans spans() {
    try {
      return Spans.fromEnvironment();
    } catch (RuntimeException e) { // of a library that knows no other kind
      LOG.errorf(
          "traces are off: the variables OTEL_* cannot be used (%s); OTLP goes by http/protobuf,"
              + " mostly to port 4318",
          e.getMessage());
      return null;
    }
  }

  /** Whether anybody wants to know of requests. */
  public boolean isOn() {
    return spans != null || accessLog.isOn();
  }

  /** A request is over. */
  public void add(Ended request) {
    var now = clock.instant();
    var inference = request.inference();
    var trace =
        spans == null || inference == null
            ? TraceParent.traceId(request.caller().traceparent())
            : spans.add(request, inference, now);
    if (accessLog.isOn()) {
      accessLog.add(new AccessLine(request, now, trace));
    }
  }

  @PreDestroy
  void close() {
    accessLog.close();
    if (spans != null) {
      spans.close();
    }
  }
}
