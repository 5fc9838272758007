package io.modelservice.runtime.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.modelservice.runtime.fuzz.Inferences;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.Inference;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.Target;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.tensor.Signature;
import java.util.List;

/** The way of a request over gRPC. */
public final class GrpcMessages implements Inferences.Way {
  @Override
  public Inference<?> read(byte[] request, Signature signature) throws RequestException {
    var bytes = UnsafeByteOperations.unsafeWrap(request);
    MessageReader.id(bytes);
    var _ = MessageReader.priority(bytes);
    var message = MessageReader.read(bytes);
    var target = new Target("simple", "1", signature, List.of());
    var wanted = message.toRequest(signature, new SharedMemory.Off());
    return Inference.of(
        wanted,
        signature,
        new Stopwatch(),
        outputs -> AnswerMessage.of(message, wanted.outputs(), outputs, target));
  }
}
