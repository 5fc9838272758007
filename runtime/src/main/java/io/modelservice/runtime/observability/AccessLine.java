package io.modelservice.runtime.observability;

import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.observability.Ended.Call;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of the access log.
 *
 * @param time when the request ended
 * @param trace the id of its trace; null if it has none
 */
record AccessLine(Ended request, Instant time, @Nullable String trace) {

  /** What the line says: names and values, in their order; times in microseconds. */
  Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    switch (request.call()) {
      case Call.Http http -> {
        fields.put("transport", "http");
        fields.put("method", http.method());
        fields.put("path", http.path());
        fields.put("status", Integer.toString(http.status()));
      }
      case Call.Grpc grpc -> {
        fields.put("transport", "grpc");
        fields.put("method", grpc.method());
        fields.put("status", grpc.code());
      }
    }
    fields.put("bytes_in", Long.toString(request.bytes().in()));
    fields.put("bytes_out", Long.toString(request.bytes().out()));
    fields.put("duration_us", micros(request.nanos()));
    addInference(fields);
    addIfKnown(fields, "client", request.caller().address());
    addIfKnown(fields, "trace", trace);
    return fields;
  }

  private void addInference(Map<String, String> fields) {
    var inference = request.inference();
    if (inference == null) {
      return;
    }
    fields.put("model", inference.model());
    addIfKnown(fields, "revision", inference.revision());
    for (var phase : Phase.values()) {
      var nanos = inference.watch().nanos(phase);
      if (nanos > 0) {
        fields.put(phase.name().toLowerCase(Locale.ROOT) + "_us", micros(nanos));
      }
    }
  }

  /** The fields as {@code name=value}, with quotes where a value needs them. */
  String text() {
    return fields().entrySet().stream()
        .map(field -> field.getKey() + "=" + quoted(field.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static void addIfKnown(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static String micros(long nanos) {
    return Long.toString(TimeUnit.NANOSECONDS.toMicros(nanos));
  }

  /** A client chooses the path: it must not be able to write a line or a field of its own. */
  private static String quoted(String value) {
    if (value.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '=' && c != '\\')) {
      return value;
    }
    return value
        .chars()
        .mapToObj(
            c ->
                switch (c) {
                  case '"', '\\' -> "\\" + (char) c;
                  default -> c >= ' ' && c < 127 ? "" + (char) c : "\\u%04x".formatted(c);
                })
        .collect(Collectors.joining("", "\"", "\""));
  }
}
