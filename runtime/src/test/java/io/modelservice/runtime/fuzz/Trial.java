package io.modelservice.runtime.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** One parser under trial: what it must do with any input. */
final class Trial {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Parser parser;

  Trial(Parser parser) {
    this.parser = parser;
  }

  /** Fails unless the input is taken, or refused in one line, with memory in proportion to it. */
  void run(byte[] input) throws Exception {
    var most = parser.mostMemory(input.length);
    if (memory(input) > most) {
      var again = memory(input); // the first time classes may have been loaded
      if (again > most) {
        throw new AssertionError(
            "an input of %d bytes took %d bytes of memory, more than %d"
                .formatted(input.length, again, most));
      }
    }
  }

  private long memory(byte[] input) throws Exception {
    var before = THREADS.getCurrentThreadAllocatedBytes();
    var refusal = parser.refusal(input.clone());
    var taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    requireOneLine(refusal);
    return taken;
  }

  private static void requireOneLine(Optional<String> refusal) {
    refusal.ifPresent(
        line -> {
          if (line.isBlank() || line.lines().count() != 1) {
            throw new AssertionError("the refusal is not one line: '" + line + "'");
          }
        });
  }
}
