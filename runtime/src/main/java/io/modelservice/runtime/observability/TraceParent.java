package io.modelservice.runtime.observability;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context. */
final class TraceParent {
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private TraceParent() {}

  /** The trace's id: 32 hexadecimal digits; null if the header is missing or not valid. */
  static @Nullable String traceId(@Nullable String header) {
    if (header == null) {
      return null;
    }
    var parts = FORM.matcher(header);
    return parts.matches() ? parts.group(1) : null;
  }
}
