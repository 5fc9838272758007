package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import io.modelservice.runtime.batching.Batchable;
import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Inference;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.Target;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.transport.ServedModel;

/**
 * One inference over gRPC: from the bytes of the request to the message of the answer.
 *
 * @param served what runs it, by a lease that is held for it
 * @param memory where its tensors may lie
 * @param watch of this request, which now waits for a lane
 */
record GrpcInference(
    ByteString bytes, ServedModel model, Served served, SharedMemory memory, Stopwatch watch)
    implements Batchable<ModelInferResponse> {

  @Override
  public Priority priority() {
    return MessageReader.priority(bytes);
  }

  @Override
  public Inference<ModelInferResponse> read() throws RequestException {
    watch.end(Phase.QUEUE);
    var message = MessageReader.read(bytes);
    model.checkName(message.model());
    model.checkVersion(message.version().isEmpty() ? null : message.version(), served);
    var request = message.toRequest(served.signature(), memory);
    var target = new Target(model.name(), served.revision(), served.signature(), served.labels());
    return Inference.of(
        request,
        served.signature(),
        watch,
        outputs -> AnswerMessage.of(message, request.outputs(), outputs, target));
  }
}
