package io.modelservice.e2e.bench;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The processes of pods whose node is this host. */
final class HostProcesses {
  private static final long NANOS_PER_TICK = 10_000_000;

  /** Position of the field {@code starttime} behind the command, which may contain blanks. */
  private static final int START_TIME = 19;

  private HostProcesses() {}

  /** When the server process of a pod started, as {@link System#nanoTime()} would have said. */
  static Optional<Long> startOf(Pod pod) {
    try (var processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .filter(process -> read(process.resolve("cgroup")).contains(pod.getMetadata().getUid()))
          .filter(process -> read(process.resolve("comm")).strip().equals("java"))
          .map(process -> read(process.resolve("stat")))
          .filter(stat -> !stat.isEmpty())
          .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START_TIME])
          .map(ticks -> Long.parseLong(ticks) * NANOS_PER_TICK)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // ended meanwhile
    }
  }
}
