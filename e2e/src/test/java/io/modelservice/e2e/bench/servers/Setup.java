package io.modelservice.e2e.bench.servers;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench/run.sh} has prepared, and how long to measure.
 *
 * @param root of the repository
 * @param rounds in which the servers take turns, after one that warms up
 * @param seconds of each figure
 * @param starts of each kind
 * @param overload seconds of it
 * @param warm seconds for which each encoding warms a server up, at full load: code that is
 *     compiled while it runs takes a minute and more of it to get fast
 */
record Setup(Path root, int rounds, int seconds, int starts, int overload, int warm) {

  /** Benchmarks run in the folder {@code e2e}. */
  static Setup fromEnvironment() {
    return new Setup(
        Objects.requireNonNull(Path.of("").toAbsolutePath().getParent()),
        number("ROUNDS", 3),
        number("POINT_SECONDS", 5),
        number("STARTS", 5),
        number("OVERLOAD_SECONDS", 120),
        number("WARM_SECONDS", 30));
  }

  private static int number(String name, int otherwise) {
    @Nullable String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(name + " must be a number from 1 to 9999, not " + value);
    }
    return Integer.parseInt(value);
  }

  /** A program of the benchmarks' folder. */
  Path program(String name) {
    return root.resolve("e2e/bench").resolve(name);
  }

  /** The folder for what is built, unpacked and written. */
  Path work() {
    return root.resolve("target/bench");
  }

  /** A folder in which the subject is the only model. */
  Path alone(Subject subject) {
    return work().resolve("alone").resolve(subject.name());
  }

  /** The subject's own folder, named as the model. */
  Path folder(Subject subject) {
    return alone(subject).resolve(subject.name());
  }

  /** The starter of the other servers. */
  Path peers() {
    return root.resolve("e2e/conformance/peers/run.sh");
  }
}
