package io.modelservice.runtime.http;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.crds.Durations;
import io.modelservice.runtime.protocol.RequestException;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * How long a client waits for an answer: the header {@code X-Request-Timeout}, such as {@code
 * 250ms}, if it is shorter than the model's own timeout.
 */
final class RequestTimeout {
  static final String HEADER = "X-Request-Timeout";

  private static final int LONGEST = 16;

  private RequestTimeout() {}

  /**
   * The time that a request may take.
   *
   * @throws RequestException if the header is no duration
   */
  static Duration of(RoutingContext context, Duration most) throws RequestException {
    var header = context.request().getHeader(HEADER);
    if (header == null) {
      return most;
    }
    if (header.length() > LONGEST || !header.matches(Durations.PATTERN)) {
      throw bad("the header %s must be a duration such as 250ms or 2s", HEADER);
    }
    var wanted = Durations.parse(header);
    return wanted.compareTo(most) < 0 ? wanted : most;
  }
}
