package io.modelservice.runtime.sharedmemory;

/** Triton's extension "system shared memory": offered, with regions, or not. Thread-safe. */
public sealed interface SharedMemory permits Regions, SharedMemory.Off {

  /**
   * The registered region of that name.
   *
   * @throws SharedMemoryException if there is none
   */
  Region region(String name) throws SharedMemoryException;

  /** It is not offered here. */
  record Off() implements SharedMemory {

    @Override
    public Region region(String name) throws SharedMemoryException {
      throw SharedMemoryException.of(
          400, "this server offers no system shared memory: send the data in the request");
    }
  }
}
