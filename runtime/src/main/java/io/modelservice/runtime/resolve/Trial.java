package io.modelservice.runtime.resolve;

import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.Resolution;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.fetch.Artifact;
import io.modelservice.runtime.fetch.Fetcher;
import io.modelservice.runtime.fetch.Progress;
import io.modelservice.runtime.pod.Loader;
import io.modelservice.runtime.source.FetchException;

/** Fetches an artifact, loads it on the CPU and lets it run: no GPU waits for what cannot work. */
public final class Trial {
  private final Fetcher fetcher;
  private final Loader loader;
  private final long limit;

  /**
   * A trial.
   *
   * @param limit bytes of the largest artifact that is tried; 0 for none
   */
  public Trial(Fetcher fetcher, Loader loader, long limit) {
    this.fetcher = fetcher;
    this.loader = loader;
    this.limit = limit;
  }

  boolean takes(long bytes) {
    return bytes <= limit;
  }

  /**
   * One trial.
   *
   * @param pin what was listed; the files may have changed since
   * @param preflight what the file says, for when there is no room here to load it
   * @throws EngineException if the model cannot be loaded or run
   */
  Resolution run(Entry entry, SourcePin pin, ModelInfo preflight)
      throws FetchException, EngineException, InterruptedException {
    var artifact = fetcher.fetch(entry, new Progress());
    try {
      return Resolution.tried(artifact.pin(), artifact.digest(), load(entry, artifact));
    } catch (EngineException e) {
      if (e.reason() == Reason.DoesNotFit) { // here; the pods may have more
        return Resolution.untried(pin, preflight);
      }
      throw e;
    }
  }

  private ModelInfo load(Entry entry, Artifact artifact) throws EngineException {
    var loaded = loader.load(onTheCpu(entry), artifact);
    try {
      var _ = loader.warmUp(loaded.served());
      return loaded.info();
    } finally {
      loaded.served().retire();
    }
  }

  private static Entry onTheCpu(Entry entry) {
    var settings = entry.settings();
    var here =
        new Settings(
            settings.task(),
            ExecutionProvider.CPU,
            1,
            settings.timeout(),
            settings.batching(),
            settings.queue());
    return new Entry(
        entry.revision(), entry.role(), entry.uri(), entry.pin(), entry.digest(), here);
  }
}
