package io.modelservice.runtime.sharedmemory;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** The regions that clients have registered, each under a name of its own. */
public final class Regions implements SharedMemory {
  /** Each holds a file open. */
  static final int MOST = 256;

  private static final int LONGEST_NAME = 256;

  private final SharedObjects objects;
  private final ConcurrentSkipListMap<String, Region> regions = new ConcurrentSkipListMap<>();

  /**
   * No regions yet.
   *
   * @param folder where the shared memory objects of this machine are: on Linux {@code /dev/shm}
   */
  public Regions(Path folder) {
    this.objects = new SharedObjects(folder);
  }

  /**
   * Adds a region.
   *
   * @throws SharedMemoryException if the name is taken, the object cannot be used, or it does not
   *     hold the region
   */
  public synchronized void register(Registration wanted) throws SharedMemoryException {
    check(wanted);
    if (regions.containsKey(wanted.name())) {
      throw SharedMemoryException.of(
          409,
          "shared memory region '%s' is registered already: unregister it first",
          wanted.name());
    }
    if (regions.size() == MOST) {
      throw SharedMemoryException.of(
          429, "there are %d shared memory regions already: unregister one first", MOST);
    }
    regions.put(wanted.name(), Region.open(wanted, objects));
  }

  private static void check(Registration wanted) throws SharedMemoryException {
    if (wanted.name().isEmpty() || wanted.name().length() > LONGEST_NAME) {
      throw SharedMemoryException.of(
          400, "the name of a shared memory region has 1 to %d characters", LONGEST_NAME);
    }
    if (wanted.offset() < 0 || wanted.byteSize() < 1) {
      throw SharedMemoryException.of(
          400,
          "shared memory region '%s' needs a byte_size of at least 1 and an offset of at least 0",
          wanted.name());
    }
  }

  /** Forgets a region, if there is one of that name; a request that uses it is refused. */
  public synchronized void unregister(String name) {
    var region = regions.remove(name);
    if (region != null) {
      region.close();
    }
  }

  /** Forgets all regions. */
  public synchronized void unregisterAll() {
    List.copyOf(regions.keySet()).forEach(this::unregister);
  }

  /** All regions, in the order of their names. */
  public List<Registration> registrations() {
    return regions.values().stream().map(Region::registration).toList();
  }

  @Override
  public Region region(String name) throws SharedMemoryException {
    var region = regions.get(name);
    if (region == null) {
      throw SharedMemoryException.of(
          404, "there is no shared memory region '%s': register it first", name);
    }
    return region;
  }
}
