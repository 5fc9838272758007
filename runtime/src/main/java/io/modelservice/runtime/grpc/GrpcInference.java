package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Inference;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.Target;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.transport.ServedModel;

/**
 * One inference over gRPC: from the bytes of the request to the message of the answer.
 *
 * @param served what runs it, by a lease that is held for it
 * @param watch of this request, which now waits for a lane
 */
record GrpcInference(ByteString bytes, ServedModel model, Served served, Stopwatch watch) {

  /**
   * Reads, runs and writes.
   *
   * @throws RequestException if the request is refused
   * @throws EngineException if the run fails
   */
  ModelInferResponse run(Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    watch.end(Phase.QUEUE);
    var message = MessageReader.read(bytes);
    model.checkName(message.model());
    model.checkVersion(message.version().isEmpty() ? null : message.version(), served);
    var request = message.toRequest(served.signature());
    var inference = new Inference(request, served.signature(), watch);
    var outputs = inference.run(workspace, cancel);
    var target = new Target(model.name(), served.revision(), served.signature(), served.labels());
    var answer = AnswerMessage.of(message, outputs, target);
    watch.end(Phase.ENCODE);
    return answer;
  }
}
