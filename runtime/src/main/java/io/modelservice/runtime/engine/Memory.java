package io.modelservice.runtime.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much memory this container can still take: its cgroup's limit minus what the kernel cannot
 * reclaim (page cache and reclaimable slab do not count). Without a limit: what the machine has
 * available. cgroup v2 and v1.
 */
public final class Memory {
  /** v1 writes "no limit" as the largest multiple of a page. */
  private static final long NO_LIMIT = 1L << 60;

  private final Path cgroup;
  private final SystemFile meminfo;
  private final SystemFile status;

  /** The memory of this process. */
  public Memory() {
    this(Path.of("/sys/fs/cgroup"), Path.of("/proc/meminfo"), Path.of("/proc/self/status"));
  }

  /**
   * The memory that files of the system tell.
   *
   * @param cgroup the folder of a cgroup
   * @param meminfo of the machine
   * @param status of the process
   */
  public Memory(Path cgroup, Path meminfo, Path status) {
    this.cgroup = cgroup;
    this.meminfo = new SystemFile(meminfo);
    this.status = new SystemFile(status);
  }

  /** Bytes of this process that are in no file: Java's heap, weights, arenas. */
  long held() {
    return status.number("RssAnon:") << 10;
  }

  /** Bytes that Java's heap may still grow by. */
  long promisedToJava() {
    var java = Runtime.getRuntime();
    return java.maxMemory() - java.totalMemory();
  }

  /** Bytes; never negative. */
  long free() {
    var limited = version2();
    if (limited.isEmpty()) {
      limited = version1();
    }
    var machine = available();
    return Math.max(0, Math.min(limited.orElse(Long.MAX_VALUE), machine));
  }

  private OptionalLong version2() {
    return left(
        number(cgroup.resolve("memory.max")),
        number(cgroup.resolve("memory.current")),
        new SystemFile(cgroup.resolve("memory.stat")),
        List.of("inactive_file", "active_file", "slab_reclaimable"));
  }

  private OptionalLong version1() {
    var folder = cgroup.resolve("memory");
    return left(
        number(folder.resolve("memory.limit_in_bytes")),
        number(folder.resolve("memory.usage_in_bytes")),
        new SystemFile(folder.resolve("memory.stat")),
        List.of("total_inactive_file", "total_active_file"));
  }

  private static OptionalLong left(
      OptionalLong limit, OptionalLong used, SystemFile statistics, List<String> reclaimable) {
    if (limit.isEmpty() || used.isEmpty() || limit.getAsLong() >= NO_LIMIT) {
      return OptionalLong.empty();
    }
    var back = reclaimable.stream().mapToLong(statistics::number).sum();
    return OptionalLong.of(limit.getAsLong() - Math.max(0, used.getAsLong() - back));
  }

  private static OptionalLong number(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) { // "max" means no limit
      return OptionalLong.empty();
    }
  }

  private long available() {
    var kibibytes = meminfo.number("MemAvailable:");
    return kibibytes == 0 ? Long.MAX_VALUE : kibibytes << 10;
  }
}
