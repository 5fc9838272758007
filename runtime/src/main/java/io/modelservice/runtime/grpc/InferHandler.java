package io.modelservice.runtime.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import org.jspecify.annotations.Nullable;

/** {@code ModelInfer}: one request, one answer. */
final class InferHandler implements ServerCallHandler<Received, ModelInferResponse> {
  private final Inferences inferences;
  private final Calls calls;
  private final Journalled journal;

  InferHandler(Inferences inferences, Calls calls, Journalled journal) {
    this.inferences = inferences;
    this.calls = calls;
    this.journal = journal;
  }

  @Override
  public ServerCall.Listener<Received> startCall(
      ServerCall<Received, ModelInferResponse> call, Metadata headers) {
    var listener = new Call(call, headers);
    calls.opened(listener);
    call.request(2); // one more than there is, to learn of its end
    return listener;
  }

  /** One call; gRPC tells it one event at a time. */
  private final class Call extends ServerCall.Listener<Received> implements Calls.Open {
    private final ServerCall<Received, ModelInferResponse> call;
    private final Metadata headers;
    private @Nullable Received request;
    private @Nullable Running running;

    Call(ServerCall<Received, ModelInferResponse> call, Metadata headers) {
      this.call = call;
      this.headers = headers;
    }

    @Override
    public void onMessage(Received message) {
      request = message;
    }

    @Override
    public void onHalfClose() {
      if (request == null) {
        call.close(
            Status.INVALID_ARGUMENT.withDescription("the call has no request"), new Metadata());
        return;
      }
      var begun = inferences.begin(request);
      running = begun;
      request = null;
      var _ = begun.answer().whenComplete((answer, problem) -> send(begun, answer, problem));
    }

    private void send(
        Running begun, @Nullable ModelInferResponse answer, @Nullable Throwable problem) {
      if (call.isCancelled()) {
        journal.refused(call, headers, begun, Status.CANCELLED);
        return;
      }
      var revision = Revisions.metadata(begun.revision());
      if (answer == null || problem != null) {
        var why = Status.fromThrowable(problem);
        call.close(why, revision);
        journal.refused(call, headers, begun, why);
        return;
      }
      call.sendHeaders(revision);
      call.sendMessage(answer);
      call.close(Status.OK, new Metadata());
      journal.answered(call, headers, begun, answer);
    }

    @Override
    public void onCancel() {
      calls.closed(this);
      if (running != null) {
        running.abandon();
      }
    }

    @Override
    public void onComplete() {
      calls.closed(this);
    }

    @Override
    public void finish() {
      // ends by itself
    }
  }
}
