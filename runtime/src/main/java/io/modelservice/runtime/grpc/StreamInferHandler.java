package io.modelservice.runtime.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import io.modelservice.runtime.grpc.proto.ModelStreamInferResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code ModelStreamInfer}: many requests by one call. Some run at the same time; the answers come
 * in the order of the requests, and an error of one is the answer to it alone.
 */
final class StreamInferHandler implements ServerCallHandler<Received, ModelStreamInferResponse> {
  /** Requests of one stream that are under way; a client that sends more has to wait. */
  private static final int MOST_UNDER_WAY = 16;

  private final Inferences inferences;
  private final Calls calls;
  private final Journalled journal;
  private final ScheduledExecutorService timer;
  private final Duration oldest;

  /**
   * A handler.
   *
   * @param oldest age at which a stream ends, so that its client comes back by a new connection,
   *     which another pod may get
   */
  StreamInferHandler(
      Inferences inferences,
      Calls calls,
      Journalled journal,
      ScheduledExecutorService timer,
      Duration oldest) {
    this.inferences = inferences;
    this.calls = calls;
    this.journal = journal;
    this.timer = timer;
    this.oldest = oldest;
  }

  @Override
  public ServerCall.Listener<Received> startCall(
      ServerCall<Received, ModelStreamInferResponse> call, Metadata headers) {
    var stream = new Stream(call, headers);
    call.sendHeaders(new Metadata());
    call.request(MOST_UNDER_WAY);
    calls.opened(stream);
    return stream;
  }

  /** One stream; its events come from the connection, the lanes and the timer. */
  private final class Stream extends ServerCall.Listener<Received> implements Calls.Open {
    private final ServerCall<Received, ModelStreamInferResponse> call;
    private final Metadata headers;
    private final ScheduledFuture<?> age;
    private final Queue<Running> underWay = new ArrayDeque<>();
    private Status end = Status.OK;
    private boolean ending;
    private boolean ended;
    private int heldBack;

    Stream(ServerCall<Received, ModelStreamInferResponse> call, Metadata headers) {
      this.call = call;
      this.headers = headers;
      this.age = timer.schedule(this::finish, oldest.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void onMessage(Received request) {
      if (ending) {
        return; // the status says that it was not taken
      }
      var running = inferences.begin(request);
      underWay.add(running);
      var _ = running.answer().whenComplete((answer, problem) -> advance());
    }

    /** Sends what is next in order and done. */
    private synchronized void advance() {
      for (var next = underWay.peek();
          next != null && next.answer().isDone();
          next = underWay.peek()) {
        underWay.remove();
        if (ended) {
          journal.refused(call, headers, next, Status.CANCELLED);
        } else {
          call.sendMessage(response(next));
          takeAnother();
        }
      }
      if (ending && !ended && underWay.isEmpty()) {
        ended = true;
        call.close(end, new Metadata());
      }
    }

    private ModelStreamInferResponse response(Running done) {
      try {
        var answer = done.answer().join();
        journal.answered(call, headers, done, answer);
        return ModelStreamInferResponse.newBuilder().setInferResponse(answer).build();
      } catch (CompletionException e) {
        var why = Status.fromThrowable(e);
        journal.refused(call, headers, done, why);
        return ModelStreamInferResponse.newBuilder()
            .setErrorMessage(String.valueOf(why.getDescription()))
            .setInferResponse(ModelInferResponse.newBuilder().setId(done.id()))
            .build();
      }
    }

    /** One more request for one answer, but none as long as the client does not read. */
    private void takeAnother() {
      if (call.isReady()) {
        call.request(1);
      } else {
        heldBack++;
      }
    }

    @Override
    public synchronized void onReady() {
      if (heldBack > 0) {
        call.request(heldBack);
        heldBack = 0;
      }
    }

    @Override
    public synchronized void onHalfClose() {
      ending = true;
      advance();
    }

    @Override
    public void finish() {
      synchronized (this) {
        if (!ending) {
          end = Status.UNAVAILABLE.withDescription("the stream ends here: open another");
          ending = true;
        }
      }
      advance();
    }

    @Override
    public void onCancel() {
      over();
      Queue<Running> abandoned;
      synchronized (this) {
        ending = true;
        ended = true;
        abandoned = new ArrayDeque<>(underWay);
      }
      abandoned.forEach(Running::abandon);
    }

    @Override
    public void onComplete() {
      over();
    }

    private void over() {
      age.cancel(false);
      calls.closed(this);
    }
  }
}
