package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Compares a request with what the model takes, before any memory is reserved for it. */
final class RequestCheck {
  private RequestCheck() {}

  static void check(InferRequest request, Signature signature) throws RequestException {
    var given = new HashSet<String>();
    for (var input : request.inputs()) {
      if (!given.add(input.name())) {
        throw bad("input '%s' is given twice", Names.shortened(input.name()));
      }
      check(input, signature);
    }
    for (var spec : signature.inputs()) {
      if (!given.contains(spec.name())) {
        throw bad("input '%s' is missing", spec.name());
      }
    }
    checkOutputs(request, signature);
  }

  private static void check(Input input, Signature signature) throws RequestException {
    var index = signature.inputIndex(input.name());
    if (index < 0) {
      throw bad(
          "the model has no input '%s'; it has %s",
          Names.shortened(input.name()), names(signature.inputs()));
    }
    var spec = signature.inputs().get(index);
    if (spec.datatype() != input.datatype()) {
      throw bad("input '%s' is %s, not %s", spec.name(), spec.datatype(), input.datatype());
    }
    if (!spec.accepts(input.shape())) {
      throw bad("input '%s' has the shape %s, not %s", spec.name(), spec.shape(), input.shape());
    }
    input.elements().check(input, count(input));
  }

  private static int count(Input input) throws RequestException {
    try {
      return Math.toIntExact(Shapes.elements(input.shape()));
    } catch (ArithmeticException e) {
      throw bad("input '%s' has too many elements", input.name());
    }
  }

  private static void checkOutputs(InferRequest request, Signature signature)
      throws RequestException {
    var wanted = new HashSet<String>();
    for (var wish : request.outputs()) {
      if (signature.outputIndex(wish.name()) < 0) {
        throw bad(
            "the model has no output '%s'; it has %s",
            Names.shortened(wish.name()), names(signature.outputs()));
      }
      if (!wanted.add(wish.name())) {
        throw bad("output '%s' is wanted twice", wish.name());
      }
    }
  }

  private static String names(List<TensorSpec> specs) {
    return specs.stream().map(TensorSpec::name).limit(16).collect(Collectors.joining(", "));
  }
}
