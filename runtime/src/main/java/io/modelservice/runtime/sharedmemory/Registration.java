package io.modelservice.runtime.sharedmemory;

/**
 * What a client says of a region.
 *
 * @param name by which requests refer to it
 * @param key of the POSIX shared memory object, as {@code shm_open} takes it
 * @param offset of the region in the object, in bytes
 * @param byteSize of the region
 */
public record Registration(String name, String key, long offset, long byteSize) {}
