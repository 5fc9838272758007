package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Input;
import java.nio.ByteBuffer;
import java.util.List;

/** Elements that came as a JSON array, flat or nested, and were read at once. */
sealed interface JsonElements extends Elements {

  int size();

  @Override
  default void check(Input input, int count) throws RequestException {
    if (size() != count) {
      throw bad(
          "input '%s' has %s elements than its shape %s says",
          input.name(), size() < count ? "fewer" : "more", input.shape());
    }
  }

  /**
   * Elements of fixed size.
   *
   * @param data little-endian, row-major, from its position to its limit
   */
  record Fixed(int size, ByteBuffer data) implements JsonElements {

    @Override
    public void copy(Input input, ByteBuffer memory) {
      memory.put(data.duplicate());
    }

    @Override
    public List<String> strings(Input input) {
      throw new IllegalStateException("input '" + input.name() + "' has no strings");
    }
  }

  /** Strings. */
  record Strings(List<String> elements) implements JsonElements {

    @Override
    public int size() {
      return elements.size();
    }

    @Override
    public void copy(Input input, ByteBuffer memory) {
      throw new IllegalStateException("input '" + input.name() + "' has strings");
    }

    @Override
    public List<String> strings(Input input) {
      return elements;
    }
  }
}
