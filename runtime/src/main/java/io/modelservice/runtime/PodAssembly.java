package io.modelservice.runtime;

import io.modelservice.runtime.fetch.ArtifactStore;
import io.modelservice.runtime.fetch.Fetcher;
import io.modelservice.runtime.fetch.SourceFactory;
import io.modelservice.runtime.fetch.Supply;
import io.modelservice.runtime.pod.Loader;
import io.modelservice.runtime.pod.Lookout;
import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.pod.Workers;
import io.modelservice.runtime.sharedmemory.Regions;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.peer.Siblings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the pod together from its settings. */
@ApplicationScoped
public class PodAssembly {

  @Produces
  @Singleton
  ArtifactStore store(RuntimeConfig config) {
    return new ArtifactStore(config.artifacts().folder(), config.artifacts().limit());
  }

  @Produces
  @Singleton
  Pod pod(RuntimeConfig config, ArtifactStore store) {
    var fetcher = new Fetcher(sources(config), store);
    var supply = new Supply(config.pod(), fetcher, Siblings::of, Supply.PATIENCE);
    return new Pod(config.pod(), new Workers(supply, store, Loader.ofThisContainer()));
  }

  /** Nobody asks for it: it watches the pod. */
  @Produces
  @Singleton
  @Startup
  Lookout lookout(Pod pod, RuntimeConfig config) {
    return new Lookout(pod, sources(config));
  }

  private static SourceFactory sources(RuntimeConfig config) {
    return new SourceFactory(new Credentials(config.credentials().folder(), System.getenv()));
  }

  void close(@Disposes Lookout lookout) {
    lookout.close();
  }

  @Produces
  @Singleton
  SharedMemory sharedMemory(RuntimeConfig config) {
    return config
        .sharedMemory()
        .folder()
        .<SharedMemory>map(Regions::new)
        .orElseGet(SharedMemory.Off::new);
  }

  /** ONNX Runtime's own shutdown hook must find nothing running. */
  void close(@Disposes Pod pod) {
    pod.close();
  }
}
