package io.modelservice.runtime.protocol;

import io.modelservice.runtime.tensor.Datatype;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inference request without its tensors' elements, which stay in the body.
 *
 * @param id echoed in the answer
 * @param outputs those wanted, in this order; empty means all
 * @param binaryOutputs whether outputs without a wish of their own come back binary
 */
record InferRequest(
    @Nullable String id, List<Input> inputs, List<Wish> outputs, boolean binaryOutputs) {

  /** One input. */
  record Input(String name, Datatype datatype, List<Long> shape, Payload payload) {}

  /**
   * One wanted output.
   *
   * @param binary null where the request's default holds
   */
  record Wish(String name, @Nullable Boolean binary) {}

  /** Where in the body the elements are. */
  sealed interface Payload {

    int length();

    /** A JSON array, flat or nested, from its opening bracket. */
    record Json(int from, int length) implements Payload {}

    /** Little-endian elements, row-major. */
    record Binary(int from, int length) implements Payload {}
  }
}
