package io.modelservice.runtime.tensor;

import java.util.List;

/** Arithmetic of shapes. */
public final class Shapes {
  private Shapes() {}

  /**
   * How many elements a tensor of this shape has; 1 for a scalar.
   *
   * @throws ArithmeticException if the number does not fit a long
   */
  public static long elements(List<Long> shape) {
    var count = 1L;
    for (var dimension : shape) {
      count = Math.multiplyExact(count, dimension);
    }
    return count;
  }
}
