package io.modelservice.runtime.engine;

import io.modelservice.runtime.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Foretells the shapes of outputs, so that their memory can be given to the engine. */
final class OutputShapes {
  private final Map<String, Long> sizes = new HashMap<>();

  /** Learns the sizes of the named dimensions from one input of a run. */
  void learn(TensorSpec input, List<Long> shape) {
    for (var i = 0; i < shape.size(); i++) {
      var name = input.dimensionNames().get(i);
      if (!name.isEmpty()) {
        sizes.put(name, shape.get(i));
      }
    }
  }

  /** The output's shape, if each dimension is fixed or has the name of an input's dimension. */
  Optional<List<Long>> of(TensorSpec output) {
    var shape = new ArrayList<Long>();
    for (var i = 0; i < output.shape().size(); i++) {
      var fixed = output.shape().get(i);
      var size = fixed >= 0 ? fixed : sizes.get(output.dimensionNames().get(i));
      if (size == null) {
        return Optional.empty();
      }
      shape.add(size);
    }
    return Optional.of(shape);
  }
}
