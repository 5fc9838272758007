package io.modelservice.runtime.engine;

import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;

/** One tensor that a run has made; valid until the next run of its workspace. */
public sealed interface Output {

  TensorSpec spec();

  /** The real shape, without variable dimensions. */
  List<Long> shape();

  /**
   * Elements of fixed size.
   *
   * @param data little-endian, row-major, from position 0 to its limit
   */
  record Fixed(TensorSpec spec, List<Long> shape, ByteBuffer data) implements Output {}

  /**
   * Strings.
   *
   * @param elements row-major
   */
  record Strings(TensorSpec spec, List<Long> shape, List<String> elements) implements Output {}
}
