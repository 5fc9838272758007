package io.modelservice.runtime.pod;

import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.runtime.plan.Action;
import io.modelservice.runtime.plan.Holdings;
import io.modelservice.runtime.plan.Planner;
import io.modelservice.runtime.plan.Stage;
import io.modelservice.runtime.pod.Slot.Serving;
import io.modelservice.runtime.serving.Served;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * This pod: the plan in force, what it holds of it, and who answers. Everything that changes it
 * goes through its monitor and ends with the planner's next actions; the long work (fetch, load,
 * retire) is done by threads outside of it.
 */
public final class Pod {
  private final String name;
  private final String process = UUID.randomUUID().toString();
  private final Jobs jobs;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private @Nullable ServingPlan plan;
  private @Nullable Failure planFailure;
  private volatile @Nullable Served answering;
  private volatile @Nullable String service;

  public Pod(String name, Workers workers) {
    this.name = name;
    this.jobs = new Jobs(this, workers);
  }

  /** What became of a plan. */
  public enum Verdict {
    ACCEPTED,
    /** Its sequence is the one in force: nothing was done. */
    SAME,
    /** Its sequence is lower than the one in force. */
    OUTDATED
  }

  /** Takes a plan that was checked. */
  public synchronized Verdict accept(ServingPlan next) {
    planFailure = null;
    if (plan == null) {
      jobs.deleteAllBut(next);
    } else if (next.sequence() <= plan.sequence()) {
      return next.sequence() == plan.sequence() ? Verdict.SAME : Verdict.OUTDATED;
    }
    plan = next;
    service = next.service();
    settle();
    return Verdict.ACCEPTED;
  }

  /** The newest plan could not be read; the one in force stays. */
  public synchronized void refuse(String why) {
    planFailure = new Failure(Reason.PlanInvalid, why);
  }

  public synchronized Optional<ServingPlan> plan() {
    return Optional.ofNullable(plan);
  }

  /** The service of the plan in force, as namespace/name. */
  public Optional<String> service() {
    return Optional.ofNullable(service);
  }

  /**
   * Calls now, and after each change of the plan or of who answers, on the thread that changed it;
   * must be quick.
   */
  public synchronized void watch(Runnable watcher) {
    watchers.add(watcher);
    watcher.run();
  }

  /** What the plan in force calls stable, if the pod holds it. */
  synchronized Optional<Entry> stableEntry() {
    return plan().flatMap(ServingPlan::stable).filter(e -> slots.containsKey(e.revision()));
  }

  /** Somebody looked what is at a revision's URI. */
  synchronized void found(String revision, SourcePin content) {
    Optional.ofNullable(slots.get(revision)).ifPresent(slot -> slot.newest(content));
  }

  /** Whether users get answers from this pod. */
  public boolean ready() {
    return answering != null;
  }

  /** The model that answers users; only to look at, because it may leave at any time. */
  public Optional<Served> answering() {
    return Optional.ofNullable(answering);
  }

  /** The model that answers users, with a lease that the caller gives back. */
  public Optional<Served> lease() {
    while (true) {
      var current = answering;
      if (current == null) {
        return Optional.empty();
      }
      if (current.lease()) {
        return Optional.of(current);
      }
    }
  }

  /** What the pod holds. */
  public synchronized PodState state() {
    var revisions = new ArrayList<PodState.Revision>();
    slots.values().forEach(slot -> revisions.add(slot.toState(serving(slot))));
    if (plan != null) {
      plan.models().stream()
          .filter(entry -> !slots.containsKey(entry.revision()))
          .forEach(entry -> revisions.add(Slot.waiting(entry)));
    }
    return new PodState(
        PodState.VERSION,
        plan == null ? null : plan.service(),
        name,
        process,
        List.of(ServingPlan.VERSION),
        plan == null ? 0 : plan.sequence(),
        planFailure,
        revisions);
  }

  private Serving serving(Slot slot) {
    var held = slot.toHeld();
    if (plan == null || held.digest() == null || slot.served() == answering) {
      return Serving.ALLOWED;
    }
    var digest = held.digest();
    var confirmed =
        plan.models().stream()
            .filter(entry -> entry.revision().equals(slot.revision()))
            .anyMatch(entry -> Planner.confirmed(plan, entry, name, digest));
    return confirmed ? Serving.ALLOWED : Serving.UNCONFIRMED;
  }

  /** A worker changes what is known of a slot; then the planner decides what follows. */
  synchronized void update(Runnable change) {
    change.run();
    settle();
  }

  synchronized void remove(Slot slot) {
    slots.remove(slot.revision(), slot);
    settle();
  }

  private void settle() {
    if (plan == null) {
      return;
    }
    var actions = Planner.decide(plan, holdings());
    while (!actions.isEmpty()) {
      actions.forEach(this::begin);
      actions = Planner.decide(plan, holdings());
    }
    watchers.forEach(Runnable::run);
  }

  private Holdings holdings() {
    var current = answering;
    return new Holdings(
        name,
        slots.values().stream().map(Slot::toHeld).toList(),
        current == null ? null : current.revision());
  }

  private void begin(Action action) {
    switch (action) {
      case Action.Fetch(var entry) -> {
        var slot = new Slot(entry);
        slots.put(entry.revision(), slot);
        jobs.fetch(slot);
      }
      case Action.Load(var entry) -> jobs.load(slot(entry.revision()));
      case Action.Answer(var revision) -> answering = slot(revision).served();
      case Action.Retire(var revision) -> jobs.retire(slot(revision));
      case Action.Drop(var revision) -> jobs.drop(slot(revision));
      case Action.Fail(var revision, var failure) -> fail(slot(revision), failure);
    }
  }

  private void fail(Slot slot, Failure failure) {
    if (slot.stage() == Stage.Fetched) {
      slot.failed(failure);
      return;
    }
    if (slot.served() == answering) {
      answering = null;
    }
    jobs.unload(slot, failure);
  }

  private Slot slot(String revision) {
    var slot = slots.get(revision);
    if (slot == null) {
      throw new IllegalStateException("the planner names a revision that is not held");
    }
    return slot;
  }

  /** Answers nobody any more and closes every model; for the end of the process. */
  public void close() {
    jobs.close(leave());
  }

  private synchronized List<Slot> leave() {
    plan = null; // nothing is begun any more
    answering = null;
    var all = List.copyOf(slots.values());
    slots.clear();
    return all;
  }
}
