package io.modelservice.runtime.plan;

import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a pod does next. Pure: the same plan and holdings give the same actions, and once
 * they are carried out and nothing is under way any more, none.
 *
 * <p>The rules: stable comes first, a candidate is begun when stable answers or cannot get further;
 * a pod goes on answering with what it has until the new stable is warm and confirmed; content
 * other than the plan's never answers; at most two revisions are in memory.
 */
public final class Planner {
  private static final int MOST_IN_MEMORY = 2;

  private Planner() {}

  /** The next actions, in order; the shell decides again after they are begun. */
  public static List<Action> decide(ServingPlan plan, Holdings holdings) {
    var actions = new ArrayList<Action>();
    for (var held : holdings.all()) {
      forUnwanted(plan, holdings, held, actions);
    }
    plan.stable().ifPresent(stable -> forStable(plan, holdings, stable, actions));
    plan.candidate()
        .filter(candidate -> mayBegin(plan, holdings, candidate))
        .ifPresent(candidate -> bringNearer(holdings, candidate, actions));
    return actions;
  }

  /**
   * Whether this content may answer: the plan names its digest, or names none yet and this pod is
   * the one whose content counts. Beside a seed with an address others may have read the source
   * too, so that only a digest in the plan settles it.
   */
  public static boolean confirmed(ServingPlan plan, Entry entry, String pod, String digest) {
    return entry.digest() == null
        ? pod.equals(plan.seed()) && plan.seedAddress() == null
        : entry.digest().equals(digest);
  }

  private static void forUnwanted(
      ServingPlan plan, Holdings holdings, Held held, List<Action> actions) {
    if (plan.models().stream().anyMatch(entry -> entry.revision().equals(held.revision()))) {
      return;
    }
    switch (held.stage()) {
      case Fetching, Fetched, Failed -> actions.add(new Action.Drop(held.revision()));
      case Warm -> {
        if (!holdings.answers(held.revision())) {
          actions.add(new Action.Retire(held.revision()));
        }
      }
      case Loading,
          Retiring,
          Dropping -> {} // a load cannot be stopped half-way: it is retired when warm
    }
  }

  private static void forStable(
      ServingPlan plan, Holdings holdings, Entry stable, List<Action> actions) {
    bringNearer(holdings, stable, actions);
    makeRoom(plan, holdings, stable, actions);
    holdings
        .find(stable.revision())
        .filter(held -> held.stage() == Stage.Warm && !holdings.answers(held.revision()))
        .filter(held -> confirmed(plan, stable, holdings.pod(), String.valueOf(held.digest())))
        .ifPresent(held -> actions.add(new Action.Answer(held.revision())));
  }

  /** Beside the model that still answers, a candidate leaves memory for the new stable. */
  private static void makeRoom(
      ServingPlan plan, Holdings holdings, Entry stable, List<Action> actions) {
    var waits =
        holdings.find(stable.revision()).filter(held -> held.stage() == Stage.Fetched).isPresent();
    if (!waits || holdings.retiring() || holdings.inMemory() < MOST_IN_MEMORY) {
      return;
    }
    plan.candidate()
        .flatMap(candidate -> holdings.find(candidate.revision()))
        .filter(held -> held.stage() == Stage.Warm && !holdings.answers(held.revision()))
        .ifPresent(held -> actions.add(new Action.Retire(held.revision())));
  }

  private static boolean mayBegin(ServingPlan plan, Holdings holdings, Entry candidate) {
    return holdings.find(candidate.revision()).isPresent()
        || plan.stable()
            .flatMap(stable -> holdings.find(stable.revision()))
            .map(stable -> holdings.answers(stable.revision()) || stable.hindered())
            .orElse(plan.stable().isEmpty());
  }

  private static void bringNearer(Holdings holdings, Entry entry, List<Action> actions) {
    var found = holdings.find(entry.revision());
    if (found.isEmpty()) {
      actions.add(new Action.Fetch(entry));
      return;
    }
    var held = found.get();
    var otherContent = otherContent(entry, held);
    if (held.stage() == Stage.Failed) {
      if (held.failure() == Reason.ArtifactMoved && otherContent.isEmpty()) {
        actions.add(new Action.Drop(held.revision())); // the plan now wants this content
      }
    } else if (otherContent.isPresent()) {
      fail(held, otherContent.get(), actions);
    } else if (held.stage() == Stage.Fetched && roomToLoad(holdings, actions)) {
      actions.add(new Action.Load(entry));
    }
  }

  /** Why the content that was found is not the wanted one; empty if it is, or is not known yet. */
  private static Optional<Failure> otherContent(Entry entry, Held held) {
    return entry.settings().refuses(held.digest()).or(() -> moved(entry, held));
  }

  private static Optional<Failure> moved(Entry entry, Held held) {
    return entry.digest() == null || held.digest() == null || entry.digest().equals(held.digest())
        ? Optional.empty()
        : Optional.of(
            new Failure(
                Reason.ArtifactMoved,
                "the content at model.uri has the digest %s, revision %s began with %s"
                    .formatted(held.digest(), entry.revision(), entry.digest())));
  }

  private static void fail(Held held, Failure failure, List<Action> actions) {
    if (held.stage() == Stage.Fetched || held.stage() == Stage.Warm) {
      actions.add(new Action.Fail(held.revision(), failure));
    } // a load is judged when it has ended, what leaves is not judged at all
  }

  /** Memory is judged only when nothing is about to take or leave it. */
  private static boolean roomToLoad(Holdings holdings, List<Action> actions) {
    return !holdings.changing()
        && holdings.inMemory() < MOST_IN_MEMORY
        && actions.stream().noneMatch(action -> action instanceof Action.Load);
  }
}
