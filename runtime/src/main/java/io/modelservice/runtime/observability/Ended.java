package io.modelservice.runtime.observability;

import io.modelservice.runtime.measure.Stopwatch;
import org.jspecify.annotations.Nullable;

/**
 * A request that is over. Nothing of its payload, its parameters or its other headers is kept.
 *
 * @param inference null for a request that asks for something else
 * @param nanos how long it took in all, in nanoseconds
 */
public record Ended(
    Call call, Caller caller, @Nullable Inference inference, Bytes bytes, long nanos) {

  /** What was asked and how it ended. */
  public sealed interface Call {
    /**
     * By HTTP.
     *
     * @param path as it was sent, without a query
     * @param status 499 if the client left before it was answered
     */
    record Http(String method, String path, int status) implements Call {}

    /**
     * By gRPC.
     *
     * @param method with its service, such as {@code inference.GRPCInferenceService/ModelInfer}
     * @param code the name of the status
     */
    record Grpc(String method, String code) implements Call {}
  }

  /**
   * Who asked.
   *
   * @param address of the client, without its port; null if it is unknown
   * @param traceparent the header of W3C Trace Context
   * @param tracestate the other header of W3C Trace Context
   */
  public record Caller(
      @Nullable String address, @Nullable String traceparent, @Nullable String tracestate) {}

  /**
   * A request of the model.
   *
   * @param model the name in the protocol
   * @param revision null if none had the request
   * @param watch whose phases have ended
   */
  public record Inference(String model, @Nullable String revision, Stopwatch watch) {}

  /** Bytes of the body, or of the message, in each direction. */
  public record Bytes(long in, long out) {}
}
