package io.modelservice.e2e.conformance;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.modelservice.e2e.conformance.wire.GRPCInferenceServiceGrpc;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The server's gRPC side, without TLS. */
final class Grpc implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 30;

  /** What the caller can mend. */
  private static final Set<Status.Code> CALLERS_FAULT =
      Set.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.OUT_OF_RANGE);

  private final ManagedChannel channel;

  /**
   * Connects with the first call.
   *
   * @param address {@code HOST:PORT}
   */
  Grpc(String address) {
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
  }

  ManagedChannel channel() {
    return channel;
  }

  /** The service, for one call or stream. */
  GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub service() {
    return GRPCInferenceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** The service, for a stream. */
  GRPCInferenceServiceGrpc.GRPCInferenceServiceStub streams() {
    return GRPCInferenceServiceGrpc.newStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** The call must end with a status that blames the caller. */
  static void refused(Supplier<?> call) {
    try {
      var answer = call.get();
      throw new ViolationException("bad input is answered: " + Lines.one(answer.toString()));
    } catch (StatusRuntimeException e) {
      ViolationException.unless(
          CALLERS_FAULT.contains(e.getStatus().getCode()),
          "bad input ends with " + Lines.one(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
