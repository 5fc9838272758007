package io.modelservice.runtime.protocol;

import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inference request of any transport; the elements of its tensors stay where they were received.
 *
 * @param id echoed in the answer
 * @param outputs those wanted, in this order; empty means all
 */
public record InferRequest(@Nullable String id, List<Input> inputs, List<Wish> outputs) {

  /** One input. */
  public record Input(String name, Datatype datatype, List<Long> shape, Elements elements) {}

  /** In which form an output comes back. */
  public enum Form {
    JSON,
    BINARY
  }

  /**
   * One wanted output.
   *
   * @param classes how many of the best classes are wanted in place of the tensor; 0 for the tensor
   */
  public record Wish(String name, Form form, int classes) {

    /** The tensor itself. */
    public Wish(String name, Form form) {
      this(name, form, 0);
    }

    /** Every output of a model, for a request that names none. */
    public static List<Wish> all(Signature signature, Form form) {
      return signature.outputs().stream().map(output -> new Wish(output.name(), form)).toList();
    }
  }
}
