package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import io.modelservice.e2e.conformance.wire.ModelStreamInferResponse;
import java.util.List;

/** Triton's ModelStreamInfer: many requests and answers on one gRPC stream. */
final class StreamChapter {
  private static final Level LEVEL = new Level.Unannounced("ModelStreamInfer");

  private final Grpc grpc;
  private final GrpcMessages messages;

  StreamChapter(Grpc grpc, SimpleModel model) {
    this.grpc = grpc;
    this.messages = new GrpcMessages(model);
  }

  Chapter chapter() {
    return new Chapter(
        "stream",
        List.of(
            new Check(LEVEL, "every request is answered, in order", this::answered),
            new Check(LEVEL, "a bad request does not end the stream", this::badRequest)));
  }

  private void answered() throws InterruptedException {
    var replies = new Replies<ModelStreamInferResponse>();
    var requests = grpc.streams().modelStreamInfer(replies);
    for (var id : List.of("1", "2", "3")) {
      requests.onNext(messages.raw().setId(id).build());
    }
    requests.onCompleted();
    for (var id : List.of("1", "2", "3")) {
      verify(id, replies.next());
    }
    replies.end();
  }

  private void badRequest() throws InterruptedException {
    var replies = new Replies<ModelStreamInferResponse>();
    var requests = grpc.streams().modelStreamInfer(replies);
    requests.onNext(messages.raw().setModelName("no-such-model").setId("bad").build());
    unless(!replies.next().getErrorMessage().isBlank(), "a bad request has no error_message");
    requests.onNext(messages.raw().setId("good").build());
    verify("good", replies.next());
    requests.onCompleted();
    replies.end();
  }

  private void verify(String id, ModelStreamInferResponse reply) {
    unless(reply.getErrorMessage().isEmpty(), "error_message is " + reply.getErrorMessage());
    expect("id", id, reply.getInferResponse().getId());
    messages.verify(reply.getInferResponse());
  }
}
