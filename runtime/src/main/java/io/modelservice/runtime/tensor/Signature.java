package io.modelservice.runtime.tensor;

import java.util.List;
import java.util.stream.IntStream;

/** What a model takes and gives, in the order of its file. */
public record Signature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

  /** The input's place, or -1 if the model has none of that name. */
  public int inputIndex(String name) {
    return indexOf(inputs, name);
  }

  /** The output's place, or -1 if the model has none of that name. */
  public int outputIndex(String name) {
    return indexOf(outputs, name);
  }

  private static int indexOf(List<TensorSpec> specs, String name) {
    return IntStream.range(0, specs.size())
        .filter(i -> specs.get(i).name().equals(name))
        .findFirst()
        .orElse(-1);
  }
}
