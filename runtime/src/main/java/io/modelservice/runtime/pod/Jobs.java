package io.modelservice.runtime.pod;

import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.fetch.Artifact;
import io.modelservice.runtime.plan.Stage;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.source.FetchException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The long work of a pod, each piece on a thread of its own; its end is told to the pod. */
final class Jobs {
  private static final Logger LOG = Logger.getLogger(Jobs.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Pod pod;
  private final Workers workers;

  Jobs(Pod pod, Workers workers) {
    this.pod = pod;
    this.workers = workers;
  }

  void deleteAllBut(ServingPlan plan) {
    workers.store().keepOnly(plan.models().stream().map(Entry::revision).toList());
  }

  void fetch(Slot slot) {
    start(slot, "fetch", () -> fetchUntilThere(slot));
  }

  void load(Slot slot) {
    slot.stage(Stage.Loading);
    start(slot, "load", () -> loadAndWarmUp(slot));
  }

  void retire(Slot slot) {
    var served = slot.served();
    slot.stage(Stage.Retiring);
    start(
        slot,
        "retire",
        () -> {
          close(served);
          workers.store().delete(slot.revision());
          pod.remove(slot);
          LOG.infof("revision %s has left", slot.revision());
        });
  }

  /** Leaves memory and stays as a failure. */
  void unload(Slot slot, Failure failure) {
    var served = slot.served();
    slot.stage(Stage.Retiring);
    start(
        slot,
        "unload",
        () -> {
          close(served);
          failed(slot, failure);
        });
  }

  void drop(Slot slot) {
    var worker = slot.worker();
    slot.stage(Stage.Dropping);
    start(
        slot,
        "drop",
        () -> {
          if (worker != null) {
            worker.interrupt();
            worker.join();
          }
          workers.store().delete(slot.revision());
          pod.remove(slot);
        });
  }

  /** Stops fetches, waits for loads, closes models. */
  void close(List<Slot> slots) {
    for (var slot : slots) {
      var worker = slot.worker();
      try {
        if (worker != null) {
          worker.interrupt();
          worker.join(LONGEST_PAUSE);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (slot.stage() == Stage.Warm) {
        close(slot.served());
      }
    }
  }

  private static void close(@Nullable Served served) {
    if (served != null) {
      served.retire();
    }
  }

  private void fetchUntilThere(Slot slot) throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        var began = System.nanoTime();
        var artifact = workers.supply().fetch(slot.entry(), slot.progress(), pod::plan);
        fetched(slot, artifact, since(began));
        return;
      } catch (FetchException e) {
        if (!e.mayPass()) {
          failed(slot, e.toFailure());
          return;
        }
        LOG.warnf(
            "revision %s: %s: %s; next try in %d ms",
            slot.revision(), e.reason(), e.getMessage(), pause.toMillis());
        pod.update(() -> slot.hindered(e.toFailure()));
      }
      Thread.sleep(pause);
      var next = pause.multipliedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }
  }

  private void fetched(Slot slot, Artifact artifact, Duration took) {
    LOG.infof(
        "revision %s: fetched %d bytes in %d ms, digest %s",
        slot.revision(), artifact.size(), took.toMillis(), artifact.digest());
    pod.update(() -> slot.fetched(artifact, took));
  }

  private void loadAndWarmUp(Slot slot) throws InterruptedException {
    try {
      var began = System.nanoTime();
      var loaded = workers.loader().load(slot.entry(), slot.artifact());
      pod.update(() -> slot.warming(loaded.info(), since(began)));
      warmUp(slot, loaded.served());
    } catch (EngineException e) {
      failed(slot, new Failure(e.reason(), String.valueOf(e.getMessage())));
    }
  }

  private void warmUp(Slot slot, Served served) throws EngineException {
    var began = System.nanoTime();
    try {
      var refused = workers.loader().warmUp(served);
      refused.ifPresent(why -> LOG.infof("revision %s: no warm-up, %s", slot.revision(), why));
    } catch (EngineException e) {
      served.retire();
      throw e;
    }
    pod.update(() -> slot.warm(served, since(began)));
    LOG.infof("revision %s is warm", slot.revision());
  }

  private void failed(Slot slot, Failure failure) {
    LOG.errorf("revision %s: %s: %s", slot.revision(), failure.reason(), failure.message());
    pod.update(() -> slot.failed(failure));
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  /** A piece of work that may be interrupted. */
  @FunctionalInterface
  private interface Job {
    void run() throws InterruptedException;
  }

  private void start(Slot slot, String what, Job job) {
    slot.worker(
        Thread.ofPlatform()
            .daemon()
            .name(what + "-" + slot.revision())
            .start(() -> guarded(slot, job)));
  }

  private void guarded(Slot slot, Job job) {
    try {
      job.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // dropped
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf(e, "revision %s", slot.revision());
      var message = e.getClass().getSimpleName() + ": " + e.getMessage();
      pod.update(() -> slot.failed(new Failure(Reason.InternalError, message)));
    }
  }
}
