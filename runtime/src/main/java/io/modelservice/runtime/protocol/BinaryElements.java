package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.tensor.Datatype;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Elements as bytes: little-endian, row-major, without padding; those of {@code BYTES} each behind
 * its length.
 *
 * @param bytes from its position to its limit
 */
public record BinaryElements(ByteBuffer bytes) implements Elements {

  @Override
  public void check(Input input, int count) throws RequestException {
    check(input, count, bytes.remaining());
  }

  /** Refuses a number of bytes that cannot be that of the input. */
  static void check(Input input, int count, int given) throws RequestException {
    var strings = input.datatype() == Datatype.BYTES;
    var size = (long) count * (strings ? Integer.BYTES : input.datatype().size());
    if (strings ? given < size : given != size) {
      throw bad(
          "input '%s' of shape %s takes %d bytes, not %d",
          input.name(), input.shape(), size, given);
    }
  }

  @Override
  public void copy(Input input, ByteBuffer memory) {
    memory.put(bytes.duplicate());
  }

  @Override
  public List<String> strings(Input input) throws RequestException {
    return Strings.read(bytes, input.name());
  }
}
