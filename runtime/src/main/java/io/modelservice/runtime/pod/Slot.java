package io.modelservice.runtime.pod;

import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.PodState.Timings;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.runtime.fetch.Artifact;
import io.modelservice.runtime.fetch.Progress;
import io.modelservice.runtime.plan.Held;
import io.modelservice.runtime.plan.Stage;
import io.modelservice.runtime.serving.Served;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the pod knows of one revision. Guarded by the {@link Pod} that owns it. */
final class Slot {
  private final Entry entry;
  private final Progress progress = new Progress();
  private Stage stage = Stage.Fetching;
  private boolean warming;
  private @Nullable Failure failure;
  private @Nullable Artifact artifact;
  private @Nullable String digest;
  private @Nullable SourcePin newest;
  private @Nullable ModelInfo info;
  private @Nullable Served served;
  private @Nullable Thread worker;
  private Timings timings = new Timings(null, null, null);

  Slot(Entry entry) {
    this.entry = entry;
  }

  Entry entry() {
    return entry;
  }

  String revision() {
    return entry.revision();
  }

  Stage stage() {
    return stage;
  }

  Progress progress() {
    return progress;
  }

  @Nullable Served served() {
    return served;
  }

  @Nullable Thread worker() {
    return worker;
  }

  void worker(Thread thread) {
    worker = thread;
  }

  Artifact artifact() {
    if (artifact == null) {
      throw new IllegalStateException("nothing was fetched");
    }
    return artifact;
  }

  void hindered(Failure why) {
    failure = why;
  }

  void fetched(Artifact what, Duration took) {
    if (stage == Stage.Dropping) {
      return;
    }
    stage = Stage.Fetched;
    artifact = what;
    digest = what.digest();
    failure = null;
    timings = new Timings(took.toMillis(), null, null);
  }

  void newest(SourcePin found) {
    newest = found;
  }

  void stage(Stage next) {
    stage = next;
  }

  void warming(ModelInfo itsInfo, Duration load) {
    warming = true;
    info = itsInfo;
    timings = new Timings(timings.fetchMillis(), load.toMillis(), null);
  }

  void warm(Served ready, Duration warmUp) {
    stage = Stage.Warm;
    warming = false;
    served = ready;
    timings = new Timings(timings.fetchMillis(), timings.loadMillis(), warmUp.toMillis());
  }

  void failed(Failure why) {
    if (stage == Stage.Dropping) {
      return; // nobody wants to know any more
    }
    stage = Stage.Failed;
    warming = false;
    failure = why;
    served = null;
  }

  Held toHeld() {
    return new Held(revision(), stage, digest, failure == null ? null : failure.reason());
  }

  /**
   * The revision's part of the pod state.
   *
   * @param serving whether it may answer
   */
  PodState.Revision toState(Serving serving) {
    return new PodState.Revision(
        revision(),
        phase(serving),
        progress.done(),
        progress.total(),
        digest,
        artifact == null ? null : artifact.pin(),
        newest,
        info,
        failure,
        timings,
        served == null ? 0 : served.requests(),
        served == null ? 0 : served.errors());
  }

  /** The state of a revision that is not begun yet. */
  static PodState.Revision waiting(Entry entry) {
    return new PodState.Revision(
        entry.revision(),
        PodState.Phase.Waiting,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        new Timings(null, null, null),
        0,
        0);
  }

  /** Whether a warm revision may answer. */
  enum Serving {
    ALLOWED,
    UNCONFIRMED
  }

  private PodState.Phase phase(Serving serving) {
    return switch (stage) {
      case Fetching -> PodState.Phase.Fetching;
      case Fetched -> PodState.Phase.Waiting;
      case Loading -> warming ? PodState.Phase.Warming : PodState.Phase.Loading;
      case Warm -> serving == Serving.ALLOWED ? PodState.Phase.Serving : PodState.Phase.Warming;
      case Failed -> PodState.Phase.Failed;
      case Retiring, Dropping -> PodState.Phase.Retiring;
    };
  }
}
