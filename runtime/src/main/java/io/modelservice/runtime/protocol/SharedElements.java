package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.sharedmemory.SharedMemoryException;
import io.modelservice.runtime.sharedmemory.Slice;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Elements in shared memory, in the form of {@link BinaryElements}; they are read once, when they
 * are copied.
 */
public record SharedElements(Slice place) implements Elements {

  @Override
  public void check(Input input, int count) throws RequestException {
    BinaryElements.check(input, count, place.byteSize());
  }

  @Override
  public void copy(Input input, ByteBuffer memory) throws RequestException {
    try {
      place.read(memory);
    } catch (SharedMemoryException e) {
      throw bad("input '%s': %s", input.name(), e.sentence());
    }
  }

  @Override
  public List<String> strings(Input input) throws RequestException {
    var bytes = ByteBuffer.allocate(place.byteSize());
    copy(input, bytes);
    return Strings.read(bytes.flip(), input.name());
  }
}
