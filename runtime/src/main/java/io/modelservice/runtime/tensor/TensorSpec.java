package io.modelservice.runtime.tensor;

import io.modelservice.crds.contract.Tensor;
import java.util.List;

/**
 * One input or output of a model.
 *
 * @param shape the dimensions in order; -1 is a variable one
 * @param dimensionNames one for each dimension; empty where it has none. Equal names mean equal
 *     sizes
 */
public record TensorSpec(
    String name, Datatype datatype, List<Long> shape, List<String> dimensionNames) {

  /** Whether every dimension has one fixed size. */
  public boolean fixed() {
    return shape.stream().allMatch(dimension -> dimension >= 0);
  }

  /** Whether a tensor of the given shape may be passed. */
  public boolean accepts(List<Long> given) {
    if (given.size() != shape.size()) {
      return false;
    }
    for (var i = 0; i < shape.size(); i++) {
      if (given.get(i) < 0 || (shape.get(i) >= 0 && !shape.get(i).equals(given.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** The form of the contract and of the metadata answer. */
  public Tensor toContract() {
    return new Tensor(name, datatype.name(), shape);
  }
}
