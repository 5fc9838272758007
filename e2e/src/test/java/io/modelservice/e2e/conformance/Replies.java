package io.modelservice.e2e.conformance;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What comes back on a gRPC stream, in its order.
 *
 * @param <T> the message
 */
final class Replies<T> implements StreamObserver<T> {
  private static final int PATIENCE_SECONDS = 30;

  private final BlockingQueue<Reply<T>> replies = new LinkedBlockingQueue<>();

  private sealed interface Reply<T> {
    record Message<T>(T value) implements Reply<T> {}

    record Broken<T>(Status status) implements Reply<T> {}

    record End<T>() implements Reply<T> {}
  }

  @Override
  public void onNext(T message) {
    replies.add(new Reply.Message<>(message));
  }

  @Override
  public void onError(Throwable problem) {
    replies.add(new Reply.Broken<>(Status.fromThrowable(problem)));
  }

  @Override
  public void onCompleted() {
    replies.add(new Reply.End<>());
  }

  /**
   * The next message.
   *
   * @throws StatusRuntimeException if the stream broke
   */
  T next() throws InterruptedException {
    return switch (take()) {
      case Reply.Message<T>(var value) -> value;
      case Reply.Broken<T>(var status) -> throw status.asRuntimeException();
      case Reply.End<T>() -> throw new ViolationException("the stream ended too early");
    };
  }

  /** The stream must end without another message. */
  void end() throws InterruptedException {
    switch (take()) {
      case Reply.Message<T> _ -> throw new ViolationException("the stream has one message more");
      case Reply.Broken<T>(var status) -> throw status.asRuntimeException();
      case Reply.End<T>() -> {}
    }
  }

  private Reply<T> take() throws InterruptedException {
    var reply = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (reply == null) {
      throw new ViolationException("the stream is silent for " + PATIENCE_SECONDS + " s");
    }
    return reply;
  }
}
