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
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@code ModelInferRequest} says.
 *
 * @param version empty means any
 * @param outputs names of those wanted; none means all
 * @param raw the bytes of each input, if they are not in the inputs themselves
 */
record InferMessage(
    String model,
    String version,
    String id,
    List<Tensor> inputs,
    List<String> outputs,
    List<ByteString> raw) {

  /**
   * One input.
   *
   * @param contents empty if there are none
   */
  record Tensor(String name, String datatype, List<Long> shape, ByteString contents) {}

  /** Whether elements came in the field of their datatype, so that the answer's do too. */
  boolean typed() {
    return inputs.stream().anyMatch(input -> !input.contents().isEmpty());
  }

  /**
   * The request of a model.
   *
   * @throws RequestException if contents and raw contents do not go together
   */
  InferRequest toRequest(Signature signature) throws RequestException {
    if (!raw.isEmpty() && typed()) {
      throw bad("the request has both contents and raw_input_contents: send one of them");
    }
    if (!raw.isEmpty() && raw.size() != inputs.size()) {
      throw bad(
          "the request has %d inputs and %d raw_input_contents: send one for each input",
          inputs.size(), raw.size());
    }
    var request = new ArrayList<Input>(inputs.size());
    for (var i = 0; i < inputs.size(); i++) {
      var input = inputs.get(i);
      request.add(new Input(input.name(), datatype(input.datatype()), input.shape(), elements(i)));
    }
    return new InferRequest(id, request, wishes(signature));
  }

  private Elements elements(int input) {
    return raw.isEmpty()
        ? new TypedContents(inputs.get(input).contents())
        : new BinaryElements(raw.get(input).asReadOnlyByteBuffer());
  }

  private List<Wish> wishes(Signature signature) {
    return outputs.isEmpty()
        ? Wish.all(signature, Form.BINARY)
        : outputs.stream().map(name -> new Wish(name, Form.BINARY)).toList();
  }

  private static Datatype datatype(String name) throws RequestException {
    try {
      return Datatype.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw bad("'%s' is not a datatype of the protocol, such as FP32", name);
    }
  }
}
