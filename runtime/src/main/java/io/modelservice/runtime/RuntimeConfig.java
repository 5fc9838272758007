package io.modelservice.runtime;

import io.modelservice.crds.Task;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Settings of the process, as properties {@code modelservice.*} or the environment. */
@ConfigMapping(prefix = "modelservice")
public interface RuntimeConfig {

  /** The pod's name; {@code MODELSERVICE_POD}. */
  @WithDefault("local")
  String pod();

  Plan plan();

  Credentials credentials();

  Artifacts artifacts();

  Http http();

  Grpc grpc();

  Drain drain();

  SharedMemory sharedMemory();

  Serve serve();

  /** Where the operator's order is. */
  interface Plan {
    @WithDefault("/etc/modelservice/plan.json")
    Path file();
  }

  /** Where the Secret of {@code model.secretRef} is mounted; may be missing. */
  interface Credentials {
    @WithDefault(io.modelservice.runtime.source.Credentials.FOLDER)
    Path folder();
  }

  /** Where fetched files are kept. */
  interface Artifacts {
    @WithDefault("/var/lib/modelservice")
    Path folder();

    /** Bytes that all of them together may take; without it, what the disk has. */
    OptionalLong limit();
  }

  /** What port 8080 accepts. */
  interface Http {
    /** Bytes of a request's body, at most. */
    @WithDefault("67108864")
    int maxBody();
  }

  /** What the gRPC port accepts. */
  interface Grpc {
    /** 0 takes any that is free. */
    @WithDefault("8081")
    int port();

    /** Bytes of a message, at most. */
    @WithDefault("67108864")
    int maxMessage();
  }

  /** Triton's system shared memory: tensors in objects that clients on this machine have made. */
  interface SharedMemory {
    /**
     * Where the objects are, on Linux {@code /dev/shm}. Without it none is offered: whoever reaches
     * the API can read and write all that this process may use there.
     */
    Optional<Path> folder();
  }

  /** How the pod leaves. */
  interface Drain {
    /** From SIGTERM until new connections may be refused: endpoints need it to change. */
    @WithDefault("5s")
    Duration delay();
  }

  /** The runtime alone, without an operator. */
  interface Serve {
    /** The artifact to serve; replaces the plan file. */
    Optional<Path> folder();

    /** What the artifact is for; without it, tensors alone are served. */
    Optional<Task> task();

    /** Most rows of a run that requests share; without it, the default of a service. */
    OptionalInt maxBatch();
  }
}
