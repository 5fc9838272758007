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

  InferHandler(Inferences inferences, Calls calls) {
    this.inferences = inferences;
    this.calls = calls;
  }

  @Override
  public ServerCall.Listener<Received> startCall(
      ServerCall<Received, ModelInferResponse> call, Metadata headers) {
    var listener = new Call(call);
    calls.opened(listener);
    call.request(2); // one more than there is, to learn of its end
    return listener;
  }

  /** One call; gRPC tells it one event at a time. */
  private final class Call extends ServerCall.Listener<Received> implements Calls.Open {
    private final ServerCall<Received, ModelInferResponse> call;
    private @Nullable Received request;
    private @Nullable Running running;

    Call(ServerCall<Received, ModelInferResponse> call) {
      this.call = call;
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
        return;
      }
      var revision = Revisions.metadata(begun.revision());
      if (answer == null || problem != null) {
        call.close(Status.fromThrowable(problem), revision);
        return;
      }
      call.sendHeaders(revision);
      call.sendMessage(answer);
      call.close(Status.OK, new Metadata());
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
