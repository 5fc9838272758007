package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.StatusException;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.RefusalReason;
import io.modelservice.runtime.protocol.RequestException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request under way. */
final class Running {
  /** What a client that left is counted as: neither an answer nor an error of the model. */
  private static final int CLIENT_LEFT = 499;

  private final ByteString request;
  private final @Nullable String revision;
  private final Stopwatch watch;
  private final Runnable giveUp;
  private final CompletableFuture<ModelInferResponse> answer = new CompletableFuture<>();
  private volatile boolean clientLeft;

  Running(ByteString request, @Nullable String revision, Stopwatch watch, Runnable giveUp) {
    this.request = request;
    this.revision = revision;
    this.watch = watch;
    this.giveUp = giveUp;
  }

  /** One that never began. */
  static Running refused(ByteString request, RequestException why) {
    var running = new Running(request, null, new Stopwatch(), () -> {});
    running.complete(null, why);
    return running;
  }

  /** The request's id, as far as it can be read. */
  String id() {
    return MessageReader.id(request);
  }

  /** The revision that has it; null if none has. */
  @Nullable String revision() {
    return revision;
  }

  /** Bytes of the message. */
  int size() {
    return request.size();
  }

  Stopwatch watch() {
    return watch;
  }

  /** Fails with a {@link StatusException}. */
  CompletableFuture<ModelInferResponse> answer() {
    return answer;
  }

  /** The call was cancelled, or the client's own deadline has passed: nobody waits any more. */
  void abandon() {
    var deadline = Context.current().getDeadline();
    clientLeft = deadline == null || !deadline.isExpired();
    giveUp.run();
  }

  /** The HTTP status that the outcome counts as; null means that it is answered. */
  int code(@Nullable RequestException refused) {
    if (refused == null) {
      return 200;
    }
    return clientLeft ? CLIENT_LEFT : refused.status();
  }

  /** Why it is refused. */
  RefusalReason reason(RequestException refused) {
    return clientLeft ? RefusalReason.CLIENT_LEFT : refused.reason();
  }

  void complete(@Nullable ModelInferResponse result, @Nullable RequestException refused) {
    if (refused != null) {
      answer.completeExceptionally(new StatusException(Codes.of(refused)));
    } else if (result != null) {
      answer.complete(result);
    }
  }
}
