package io.modelservice.runtime.transport;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelservice.runtime.engine.SystemFile;

/**
 * The memory of this process as Linux sees it. ONNX Runtime's arenas are in the anonymous part with
 * Java's heap; its binding for Java does not tell their size alone.
 */
final class ResidentMemory {
  private final SystemFile status;

  /** The memory that a file such as {@code /proc/self/status} tells. */
  ResidentMemory(SystemFile status) {
    this.status = status;
  }

  /** Registers it by kind, where the system tells it. */
  void register(MeterRegistry registry) {
    if (status.isReadable()) {
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

  private long bytes(String field) {
    return status.number(field) << 10;
  }
}
