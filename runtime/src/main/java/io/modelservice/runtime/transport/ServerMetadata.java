package io.modelservice.runtime.transport;

import io.modelservice.runtime.sharedmemory.Regions;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the server says of itself: the same over REST and gRPC. */
@Singleton
public final class ServerMetadata {
  private static final List<String> ALWAYS =
      List.of(
          "binary_tensor_data",
          "classification",
          "model_configuration",
          "model_repository",
          "schedule_policy",
          "statistics");

  private final SharedMemory memory;
  private final String version;

  ServerMetadata(
      SharedMemory memory, @ConfigProperty(name = "quarkus.application.version") String version) {
    this.memory = memory;
    this.version = version;
  }

  public String name() {
    return "modelservice";
  }

  public String version() {
    return version;
  }

  /** The protocol's extensions that work here. */
  public List<String> extensions() {
    return memory instanceof Regions
        ? Stream.concat(ALWAYS.stream(), Stream.of("system_shared_memory")).toList()
        : ALWAYS;
  }
}
