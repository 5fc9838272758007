package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.sharedmemory.Slice;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inference request of any transport; the elements of its tensors stay where they were received.
 *
 * @param id echoed in the answer
 * @param outputs those wanted, in this order; empty means all
 * @param timeout that it brings, from its last byte to its answer; null leaves it to the model
 */
public record InferRequest(
    @Nullable String id, List<Input> inputs, List<Wish> outputs, @Nullable Duration timeout) {

  /** A request that may take as long as the model's do. */
  InferRequest(@Nullable String id, List<Input> inputs, List<Wish> outputs) {
    this(id, inputs, outputs, null);
  }

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
   * @param into shared memory to be filled with it; null means that it is in the answer
   */
  public record Wish(String name, Form form, int classes, @Nullable Slice into) {

    /** The tensor itself, in the answer. */
    public Wish(String name, Form form) {
      this(name, form, 0, null);
    }

    /**
     * A wish by the parameters of an output.
     *
     * @throws RequestException if they contradict each other
     */
    public static Wish of(String name, Form form, int classes, @Nullable Slice into)
        throws RequestException {
      if (classes > 0 && into != null) {
        throw bad(
            "output '%s' has both classification and shared_memory_region", Names.shortened(name));
      }
      return new Wish(name, form, classes, into);
    }

    /** Every output of a model, for a request that names none. */
    public static List<Wish> all(Signature signature, Form form) {
      return signature.outputs().stream().map(output -> new Wish(output.name(), form)).toList();
    }
  }
}
