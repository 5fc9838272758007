package io.modelservice.runtime.sharedmemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * A registered region. It is read and written by system calls and not mapped: the object may be
 * truncated at any time by its owner, and then a call comes back short where an access to mapped
 * memory would raise SIGBUS. Tensors are copied into the memory of a lane in either way.
 */
public final class Region implements AutoCloseable {
  /** The JDK keeps native memory of this size for each thread that brings a buffer of the heap. */
  private static final int LARGEST_CALL = 1 << 20;

  private final Registration registration;
  private final FileChannel object;

  private Region(Registration registration, FileChannel object) {
    this.registration = registration;
    this.object = object;
  }

  /**
   * Opens a region; its object stays there until it is closed, even if its name is removed.
   *
   * @throws SharedMemoryException if the object is not there or ends before the region does
   */
  static Region open(Registration registration, SharedObjects objects)
      throws SharedMemoryException {
    var region = new Region(registration, objects.open(registration.key()));
    try {
      var size = region.object.size();
      if (registration.offset() > size - registration.byteSize()) {
        throw SharedMemoryException.of(
            400,
            "shared memory object '%s' has %d bytes, too few for %d bytes at offset %d",
            registration.key(),
            size,
            registration.byteSize(),
            registration.offset());
      }
      return region;
    } catch (IOException e) {
      region.close();
      throw region.failed(e);
    } catch (SharedMemoryException e) {
      region.close();
      throw e;
    }
  }

  public Registration registration() {
    return registration;
  }

  /**
   * The place of a tensor.
   *
   * @param offset in the region, in bytes
   * @throws SharedMemoryException if it is not inside of the region, or larger than 2 GiB
   */
  public Slice slice(long offset, long byteSize) throws SharedMemoryException {
    if (offset < 0 || byteSize < 0 || byteSize > registration.byteSize() - offset) {
      throw SharedMemoryException.of(
          400,
          "shared memory region '%s' has %d bytes, it does not hold %d bytes at offset %d",
          registration.name(),
          registration.byteSize(),
          byteSize,
          offset);
    }
    if (byteSize > Integer.MAX_VALUE) {
      throw SharedMemoryException.of(400, "a tensor of %d bytes is larger than 2 GiB", byteSize);
    }
    return new Slice(this, offset, (int) byteSize);
  }

  /** Fills a buffer from an offset in the region on. */
  void read(long offset, ByteBuffer into) throws SharedMemoryException {
    try {
      for (var from = registration.offset() + offset; into.hasRemaining(); ) {
        var count = object.read(part(into), from);
        if (count < 0) {
          throw truncated();
        }
        into.position(into.position() + count);
        from += count;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes what remains in a buffer from an offset in the region on. */
  void write(long offset, ByteBuffer bytes) throws SharedMemoryException {
    try {
      var to = registration.offset() + offset;
      if (to + bytes.remaining() > object.size()) {
        throw truncated(); // a write would make the object longer again
      }
      while (bytes.hasRemaining()) {
        var count = object.write(part(bytes), to);
        bytes.position(bytes.position() + count);
        to += count;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static ByteBuffer part(ByteBuffer bytes) {
    return bytes.slice(bytes.position(), Math.min(bytes.remaining(), LARGEST_CALL));
  }

  private SharedMemoryException truncated() {
    return SharedMemoryException.of(
        400,
        "the object of shared memory region '%s' is shorter than when it was registered",
        registration.name());
  }

  private SharedMemoryException failed(IOException why) {
    if (why instanceof ClosedChannelException) {
      return SharedMemoryException.of(
          400, "shared memory region '%s' was unregistered meanwhile", registration.name());
    }
    return SharedMemoryException.of(
        400,
        "the object of shared memory region '%s' cannot be used: %s",
        registration.name(),
        String.valueOf(why.getMessage()));
  }

  /** Requests that use it still are refused. */
  @Override
  public void close() {
    try {
      object.close();
    } catch (IOException e) {
      // nothing is buffered that could be lost
    }
  }
}
