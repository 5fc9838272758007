package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.sharedmemory.SharedMemoryException;
import io.modelservice.runtime.sharedmemory.Slice;
import java.nio.ByteBuffer;

/** An output as bytes, in the form of {@link BinaryElements}. */
public final class BinaryOutput {
  private BinaryOutput() {}

  /** The bytes, from the position to the limit; they may be the lane's. */
  static ByteBuffer bytes(Output output) {
    return switch (output) {
      case Output.Fixed fixed -> fixed.data();
      case Output.Strings strings -> ByteBuffer.wrap(Strings.write(strings.elements()));
    };
  }

  /**
   * Writes the bytes into shared memory.
   *
   * @return how many
   * @throws RequestException if there is not enough room, or the memory is not there any more
   */
  public static int write(Output output, Slice into) throws RequestException {
    var bytes = bytes(output);
    var size = bytes.remaining();
    if (size > into.byteSize()) {
      throw bad(
          "output '%s' has %d bytes, its place in shared memory has only %d",
          output.spec().name(), size, into.byteSize());
    }
    try {
      into.write(bytes);
    } catch (SharedMemoryException e) {
      throw bad("output '%s': %s", output.spec().name(), e.sentence());
    }
    return size;
  }
}
