package io.modelservice.runtime.protocol;

import io.modelservice.runtime.protocol.InferRequest.Input;
import java.nio.ByteBuffer;
import java.util.List;

/** The elements of one input, in the form in which the client sent them. */
public interface Elements {

  /**
   * Refuses elements that cannot be those of the input, before memory is reserved for it.
   *
   * @param count elements by the input's shape
   */
  void check(Input input, int count) throws RequestException;

  /**
   * Copies elements of fixed size into the memory of the input, little-endian, row-major.
   *
   * @param memory to be filled from its position to its limit
   */
  void copy(Input input, ByteBuffer memory) throws RequestException;

  /** The elements of an input of {@code BYTES}, row-major. */
  List<String> strings(Input input) throws RequestException;
}
