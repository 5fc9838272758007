package io.modelservice.e2e.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code e2e/run.sh} hands over.
 *
 * @param root of the repository
 * @param operatorImage {@code repository:tag}
 * @param runtimeImage {@code repository:tag}
 * @param scale full counts and durations, or a tenth
 */
public record Settings(Path root, String operatorImage, String runtimeImage, Scale scale) {

  /** How long the long tests are. */
  public enum Scale {
    TENTH(Duration.ofSeconds(60), Duration.ofSeconds(12), 0, 5),
    FULL(Duration.ofMinutes(3), Duration.ofMinutes(2), 0.7, 100);

    private final Duration rest;
    private final Duration overload;
    private final double goodput;
    private final int restarts;

    Scale(Duration rest, Duration overload, double goodput, int restarts) {
      this.rest = rest;
      this.overload = overload;
      this.goodput = goodput;
      this.restarts = restarts;
    }

    /** How long more requests are sent than a service can answer. */
    public Duration overload() {
      return overload;
    }

    /**
     * Answers under overload, at least, as a part of those at the peak. The clients work on the
     * pods' own cores, and a short time says nothing about it.
     */
    public double goodput() {
      return goodput;
    }

    /** How many pods are told to leave while users go on. */
    public int restarts() {
      return restarts;
    }

    /** How long a fleet at rest is watched. */
    public Duration rest() {
      return rest;
    }
  }

  /** Tests and benchmarks run in the folder {@code e2e}. */
  public static Settings fromEnvironment() {
    needed("KUBECONFIG");
    return new Settings(
        Objects.requireNonNull(Path.of("").toAbsolutePath().getParent()),
        needed("OPERATOR_IMAGE"),
        needed("RUNTIME_IMAGE"),
        "full".equals(System.getenv("SCALE")) ? Scale.FULL : Scale.TENTH);
  }

  /** The artifact and the photos that {@code deploy/samples/models/prepare.sh} made. */
  public Path samples() {
    return root.resolve("target/samples");
  }

  /** The file of one of the small models that the runtime's tests have. */
  public Path smallModel(String name) {
    return root.resolve("runtime/src/test/models").resolve(name).resolve("model.onnx");
  }

  /** Where a server of the tests writes what it has to say. */
  Path log(String server) {
    return root.resolve("e2e/target").resolve(server + ".log");
  }

  /** The API server's record of requests; only the local cluster has it at hand. */
  public Path auditLog() {
    return root.resolve("e2e/cluster/.run/log/audit.log");
  }

  private static String needed(String name) {
    @Nullable String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new AssertionError(name + " is not set: run the tests with `make e2e`");
    }
    return value;
  }
}
