package io.modelservice.runtime.grpc;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.google.protobuf.ByteString;
import io.modelservice.runtime.protocol.BinaryElements;
import io.modelservice.runtime.protocol.Elements;
import io.modelservice.runtime.protocol.InferRequest;
import io.modelservice.runtime.protocol.InferRequest.Form;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.SharedElements;
import io.modelservice.runtime.protocol.SharedParameters;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.sharedmemory.Slice;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What a {@code ModelInferRequest} says.
 *
 * @param version empty means any
 * @param parameters of the request
 * @param outputs those wanted; none means all
 * @param raw the bytes of each input that is not in shared memory, if they are not in the inputs
 *     themselves
 */
record InferMessage(
    String model,
    String version,
    String id,
    ParameterReader parameters,
    List<Tensor> inputs,
    List<Wanted> outputs,
    List<ByteString> raw) {

  /**
   * One input.
   *
   * @param contents empty if there are none
   * @param shared where else its elements may lie
   */
  record Tensor(
      String name,
      String datatype,
      List<Long> shape,
      ByteString contents,
      SharedParameters shared) {}

  /** One output that is wanted. */
  record Wanted(String name, ParameterReader parameters) {}

  /** Whether elements came in the field of their datatype, so that the answer's do too. */
  boolean typed() {
    return inputs.stream().anyMatch(input -> !input.contents().isEmpty());
  }

  /**
   * The request of a model.
   *
   * @param memory where its tensors may lie
   * @throws RequestException if contents, raw contents and shared memory do not go together
   */
  InferRequest toRequest(Signature signature, SharedMemory memory) throws RequestException {
    if (!raw.isEmpty() && typed()) {
      throw bad("the request has both contents and raw_input_contents: send one of them");
    }
    var unshared = inputs.stream().filter(input -> !input.shared().given()).count();
    if (!raw.isEmpty() && raw.size() != unshared) {
      throw bad(
          "the request has %d inputs and %d raw_input_contents: send one for each input%s",
          unshared, raw.size(), unshared < inputs.size() ? " that is not in shared memory" : "");
    }
    var contents = raw.iterator();
    var request = new ArrayList<Input>(inputs.size());
    for (var input : inputs) {
      var place = input.shared().slice(memory, input.name());
      var elements = place == null ? elements(input, contents) : shared(input, place);
      request.add(new Input(input.name(), datatype(input.datatype()), input.shape(), elements));
    }
    return new InferRequest(id, request, wishes(signature, memory), parameters.timeout());
  }

  private static Elements elements(Tensor input, Iterator<ByteString> raw) {
    return raw.hasNext()
        ? new BinaryElements(raw.next().asReadOnlyByteBuffer())
        : new TypedContents(input.contents());
  }

  private static Elements shared(Tensor input, Slice place) throws RequestException {
    if (!input.contents().isEmpty()) {
      throw bad("input '%s' has both contents and %s", input.name(), SharedParameters.REGION);
    }
    return new SharedElements(place);
  }

  private List<Wish> wishes(Signature signature, SharedMemory memory) throws RequestException {
    if (outputs.isEmpty()) {
      return Wish.all(signature, Form.BINARY);
    }
    var wishes = new ArrayList<Wish>(outputs.size());
    for (var output : outputs) {
      var its = output.parameters();
      var into = its.shared().slice(memory, output.name());
      wishes.add(Wish.of(output.name(), Form.BINARY, its.classes(), into));
    }
    return wishes;
  }

  private static Datatype datatype(String name) throws RequestException {
    try {
      return Datatype.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw bad("'%s' is not a datatype of the protocol, such as FP32", name);
    }
  }
}
