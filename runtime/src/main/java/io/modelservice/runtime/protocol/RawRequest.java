package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Form;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;

/** A request without JSON: the elements of the only input, its shape deduced from the size. */
final class RawRequest {
  private RawRequest() {}

  static InferRequest of(Body body, Signature signature) throws RequestException {
    if (signature.inputs().size() != 1) {
      throw bad("a raw binary request needs a model with one input; this one has several");
    }
    var spec = signature.inputs().getFirst();
    var bytes = ByteBuffer.wrap(body.bytes(), 0, body.length());
    var shape = shape(spec, body.length());
    var input = new Input(spec.name(), spec.datatype(), shape, new BinaryElements(bytes));
    var outputs = Wish.all(signature, Form.BINARY);
    return new InferRequest(null, List.of(input), outputs);
  }

  private static List<Long> shape(TensorSpec spec, int length) throws RequestException {
    if (spec.datatype() == Datatype.BYTES) {
      return List.of(1L);
    }
    var variable = spec.shape().stream().filter(size -> size < 0).count();
    var known = spec.shape().stream().filter(size -> size >= 0).reduce(1L, Math::multiplyExact);
    var unit = known * spec.datatype().size();
    if (variable > 1) {
      throw bad("a raw binary request needs a model with at most one variable dimension");
    }
    if (unit == 0 || length % unit != 0 || (variable == 0 && length != unit)) {
      throw bad("%d bytes do not fit input '%s' of shape %s", length, spec.name(), spec.shape());
    }
    return spec.shape().stream().map(size -> size < 0 ? length / unit : size).toList();
  }
}
