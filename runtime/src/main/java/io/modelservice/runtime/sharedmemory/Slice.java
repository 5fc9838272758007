package io.modelservice.runtime.sharedmemory;

import java.nio.ByteBuffer;

/**
 * The place of one tensor in a region, which holds all of it.
 *
 * @param offset in the region, in bytes
 */
public record Slice(Region region, long offset, int byteSize) {

  /**
   * Reads all of it.
   *
   * @param into has as many bytes remaining
   * @throws SharedMemoryException if it is not there any more
   */
  public void read(ByteBuffer into) throws SharedMemoryException {
    region.read(offset, into);
  }

  /**
   * Writes from its begin on.
   *
   * @param bytes not more than it has
   * @throws SharedMemoryException if it is not there any more
   */
  public void write(ByteBuffer bytes) throws SharedMemoryException {
    region.write(offset, bytes);
  }
}
