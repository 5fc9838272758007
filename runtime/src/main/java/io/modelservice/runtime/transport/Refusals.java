package io.modelservice.runtime.transport;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.serving.Work;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a client is told when its request failed. */
public final class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private Refusals() {}

  /**
   * The status and the line for a failure on the lane; one that nobody expects is logged.
   *
   * @param timeout that the request had
   */
  public static RequestException of(Throwable problem, Served served, Duration timeout) {
    return switch (problem) {
      case RequestException refused -> refused;
      case Overloaded late -> overloaded(late);
      case Work.GivenUp late ->
          new RequestException(
              504, "the request took longer than the timeout of " + text(late.timeout(), timeout));
      case EngineException failed -> new RequestException(status(failed), failed.getMessage() + "");
      case OutOfMemoryError memory -> tooLargeForMemory();
      default -> {
        LOG.errorf(problem, "revision %s: a request failed", served.revision());
        yield new RequestException(500, "internal error: see the log of the pod");
      }
    };
  }

  /** The refusal of a request that would wait too long, or has. */
  public static RequestException overloaded(Overloaded overloaded) {
    return new RequestException(
        503,
        RefusalReason.OVERLOADED,
        String.valueOf(overloaded.getMessage()),
        overloaded.retryAfter());
  }

  /** The refusal of a request that the {@link BodyBudget} has no room for. */
  public static RequestException noMemory() {
    return new RequestException(
        503, RefusalReason.NO_MEMORY, "too many bytes of requests are in memory: try again");
  }

  /** The refusal of a request for which there is not enough memory. */
  public static RequestException tooLargeForMemory() {
    return new RequestException(413, "there is not enough memory for a request of this size");
  }

  private static String text(@Nullable Duration own, Duration others) {
    return own == null
        ? others.toMillis() + " ms"
        : own.dividedBy(ChronoUnit.MICROS.getDuration()) + " us";
  }

  private static int status(EngineException failed) {
    return switch (failed.reason()) {
      case Reason.ModelInvalid -> 400; // the engine refuses the inputs
      case Reason.DoesNotFit -> 413;
      default -> 500;
    };
  }
}
