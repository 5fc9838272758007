package io.modelservice.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Laws that hold for every sequence of plans and events, tried on a simulated pod. */
class PlannerPropertyTest {
  private static final String POD = "espresso-1";
  private static final List<String> REVISIONS = List.of("a", "b", "c", "d");

  @Property(tries = 2000)
  void aPodNeverHoldsThreeModelsNeverGoesSilentAndEndsWithThePlansStable(@ForAll long seed) {
    var random = new Random(seed);
    var pod = new SimulatedPod(random);
    for (var step = 0; step < 60; step++) {
      if (random.nextInt(8) == 0) {
        pod.plan = randomPlan(random);
      } else {
        pod.finishSomething();
      }
      pod.settle();
    }
    pod.failures = false;
    pod.finishEverything();

    var stable = pod.plan.stable().orElseThrow();
    if (pod.held(stable.revision()).stage() != Stage.Failed) {
      assertThat(pod.answering).isEqualTo(stable.revision());
    }
  }

  private static ServingPlan randomPlan(Random random) {
    var first = random.nextInt(REVISIONS.size());
    var entries = new ArrayList<Entry>();
    entries.add(PlannerTest.stable(REVISIONS.get(first), digest(first)));
    if (random.nextBoolean()) {
      var other = (first + 1 + random.nextInt(REVISIONS.size() - 1)) % REVISIONS.size();
      entries.add(PlannerTest.candidate(REVISIONS.get(other), digest(other)));
    }
    return PlannerTest.plan(entries.toArray(Entry[]::new));
  }

  private static String digest(int revision) {
    return "digest-" + REVISIONS.get(revision);
  }

  /** Carries out actions as the shell does, with endings in random order. */
  private static final class SimulatedPod {
    private final Random random;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private ServingPlan plan = PlannerTest.plan(PlannerTest.stable("a", "digest-a"));
    private @Nullable String answering;
    private boolean failures = true;

    SimulatedPod(Random random) {
      this.random = random;
    }

    Held held(String revision) {
      return held.getOrDefault(revision, new Held(revision, Stage.Fetching, null, null));
    }

    void settle() {
      for (var round = 0; ; round++) {
        assertThat(round).as("the planner comes to an end").isLessThan(20);
        var actions =
            Planner.decide(plan, new Holdings(POD, List.copyOf(held.values()), answering));
        if (actions.isEmpty()) {
          break;
        }
        actions.forEach(this::begin);
      }
      assertThat(held.values().stream().filter(one -> one.stage().inMemory()).count())
          .isLessThanOrEqualTo(2);
    }

    private void begin(Action action) {
      switch (action) {
        case Action.Fetch(var entry) -> put(entry.revision(), Stage.Fetching, null);
        case Action.Load(var entry) ->
            put(entry.revision(), Stage.Loading, held(entry.revision()).digest());
        case Action.Answer(var revision) -> {
          assertThat(plan.stable().orElseThrow().revision()).isEqualTo(revision);
          assertThat(held(revision).stage()).isEqualTo(Stage.Warm);
          answering = revision;
        }
        case Action.Retire(var revision) -> {
          assertThat(revision).as("who answers is never retired").isNotEqualTo(answering);
          put(revision, Stage.Retiring, held(revision).digest());
        }
        case Action.Drop(var revision) -> {
          assertThat(held(revision).stage().inMemory()).isFalse();
          put(revision, Stage.Dropping, null);
        }
        case Action.Fail fail -> throw new AssertionError("all digests are right: " + fail);
      }
    }

    void finishSomething() {
      var all = List.copyOf(held.values());
      if (!all.isEmpty()) {
        finish(all.get(random.nextInt(all.size())));
      }
    }

    void finishEverything() {
      for (var round = 0; round < 40; round++) {
        List.copyOf(held.values()).forEach(this::finish);
        settle();
      }
    }

    private void finish(Held one) {
      var revision = one.revision();
      switch (one.stage()) {
        case Fetching -> put(revision, Stage.Fetched, "digest-" + revision);
        case Loading -> {
          if (failures && random.nextInt(4) == 0) {
            held.put(revision, new Held(revision, Stage.Failed, one.digest(), Reason.ModelInvalid));
          } else {
            put(revision, Stage.Warm, one.digest());
          }
        }
        case Retiring, Dropping -> held.remove(revision);
        case Fetched, Warm, Failed -> {}
      }
    }

    private void put(String revision, Stage stage, @Nullable String digest) {
      held.put(revision, new Held(revision, stage, digest, null));
    }
  }
}
