package io.modelservice.e2e.bench.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A process and all that descend from it, as the kernel accounts for them. */
record ProcessTree(ProcessHandle root) {
  private static final double MILLIS_PER_TICK = 10;
  private static final double PAGE_MEGABYTES = 4096 / 1e6;

  /** Positions behind the command, which may contain blanks. */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;
  private static final int RESIDENT_PAGES = 21;

  /** CPU time so far, of user and system, of the processes that live. */
  double cpuMillis() {
    return sum(
        fields -> (number(fields, USER_TIME) + number(fields, SYSTEM_TIME)) * MILLIS_PER_TICK);
  }

  /** Resident memory; what processes share counts in each. */
  double residentMegabytes() {
    return sum(fields -> number(fields, RESIDENT_PAGES) * PAGE_MEGABYTES);
  }

  private double sum(ToDoubleFunction<String[]> value) {
    return Stream.concat(Stream.of(root), root.descendants())
        .map(process -> Path.of("/proc", String.valueOf(process.pid()), "stat"))
        .map(ProcessTree::read)
        .filter(stat -> !stat.isEmpty())
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1))
        .mapToDouble(value)
        .sum();
  }

  private static double number(String[] fields, int position) {
    return Double.parseDouble(fields[position]);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // ended meanwhile
    }
  }
}
