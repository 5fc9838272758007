package io.modelservice.runtime.transport;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of this process as Linux sees it. ONNX Runtime's arenas are in the anonymous part with
 * Java's heap; its binding for Java does not tell their size alone.
 */
final class ResidentMemory {
  private final Path status;

  /** The memory that a file such as {@code /proc/self/status} tells. */
  ResidentMemory(Path status) {
    this.status = status;
  }

  /** Registers it by kind, where the system tells it. */
  void register(MeterRegistry registry) {
    if (Files.isReadable(status)) {
      gauge(registry, "anonymous", "RssAnon:");
      gauge(registry, "file", "RssFile:");
      gauge(registry, "shared", "RssShmem:");
    }
  }

  private void gauge(MeterRegistry registry, String kind, String field) {
    Gauge.builder("modelservice.memory", this, memory -> memory.bytes(field))
        .description("Resident memory of the process")
        .baseUnit("bytes")
        .tag("kind", kind)
        .strongReference(true) // nobody else holds this
        .register(registry);
  }

  /** Bytes; 0 if the field is missing. */
  long bytes(String field) {
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
