package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.sharedmemory.SharedMemoryException;
import io.modelservice.runtime.sharedmemory.Slice;
import org.jspecify.annotations.Nullable;

/** The parameters of a tensor that say where it lies in shared memory, as they come. */
public final class SharedParameters {
  public static final String REGION = "shared_memory_region";
  public static final String OFFSET = "shared_memory_offset";
  public static final String BYTE_SIZE = "shared_memory_byte_size";

  private @Nullable String region;
  private long offset;
  private @Nullable Long byteSize;

  public void region(String name) {
    region = name;
  }

  /** In the region, in bytes; 0 if it never comes. */
  public void offset(long bytes) {
    offset = bytes;
  }

  public void byteSize(long bytes) {
    byteSize = bytes;
  }

  /** Whether the tensor lies in shared memory. */
  public boolean given() {
    return region != null;
  }

  /**
   * The place; null if the tensor lies in the request.
   *
   * @param tensor its name, for the line of a refusal
   * @throws RequestException if there is no such place
   */
  public @Nullable Slice slice(SharedMemory memory, String tensor) throws RequestException {
    if (region == null) {
      return null;
    }
    if (byteSize == null) {
      throw bad("tensor '%s' has %s but no %s", Names.shortened(tensor), REGION, BYTE_SIZE);
    }
    try {
      return memory.region(region).slice(offset, byteSize);
    } catch (SharedMemoryException e) {
      throw bad("tensor '%s': %s", Names.shortened(tensor), e.sentence());
    }
  }
}
