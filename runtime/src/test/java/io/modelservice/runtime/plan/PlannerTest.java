package io.modelservice.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a pod does next, case by case. */
class PlannerTest {
  private static final String POD = "espresso-1";

  @Test
  void aNewPodFetchesTheStableRevisionOnly() {
    var plan = plan(stable("old", "d1"), candidate("new", "d2"));
    assertThat(decide(plan, null)).containsExactly(new Action.Fetch(stable("old", "d1")));
  }

  @Test
  void theCandidateIsBegunWhenStableAnswers() {
    var plan = plan(stable("old", "d1"), candidate("new", "d2"));
    assertThat(decide(plan, "old", held("old", Stage.Warm, "d1")))
        .containsExactly(new Action.Fetch(candidate("new", "d2")));
  }

  @Test
  void theCandidateIsBegunWhenTheSourceOfStableKeepsFailing() {
    var plan = plan(stable("old", "d1"), candidate("new", "d2"));
    var stuck = new Held("old", Stage.Fetching, null, Reason.StoreUnreachable);
    assertThat(decide(plan, null, stuck)).containsExactly(new Action.Fetch(candidate("new", "d2")));
  }

  @Test
  void whatIsFetchedIsLoaded() {
    assertThat(decide(plan(stable("a", "d1")), null, held("a", Stage.Fetched, "d1")))
        .containsExactly(new Action.Load(stable("a", "d1")));
  }

  @Test
  void aWarmStableRevisionAnswers() {
    assertThat(decide(plan(stable("a", "d1")), null, held("a", Stage.Warm, "d1")))
        .containsExactly(new Action.Answer("a"));
  }

  @Test
  void aWarmCandidateAnswersNobody() {
    var plan = plan(stable("old", "d1"), candidate("new", "d2"));
    var old = held("old", Stage.Warm, "d1");
    assertThat(decide(plan, "old", old, held("new", Stage.Warm, "d2"))).isEmpty();
  }

  @Test
  void withoutADigestOnlyTheSeedAnswers() {
    var warm = held("a", Stage.Warm, "d1");
    assertThat(decide(plan(stable("a", null)), null, warm)).isEmpty();
    assertThat(decide(seededBy(POD, stable("a", null)), null, warm))
        .containsExactly(new Action.Answer("a"));
  }

  @Test
  void besideOthersThatMayHaveReadTheSourceTheSeedWaitsForTheDigest() {
    var plan =
        new ServingPlan(
            1,
            1,
            "default/espresso",
            "token",
            POD,
            "10.0.0.1:9000",
            null,
            List.of(stable("a", null)));
    assertThat(decide(plan, null, held("a", Stage.Warm, "d1"))).isEmpty();
  }

  @Test
  void otherContentThanThePlansFailsAndNeverAnswers() {
    var actions = decide(plan(stable("a", "d1")), null, held("a", Stage.Fetched, "other"));
    assertThat(actions)
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Fail.class,
            fail -> assertThat(fail.failure().reason()).isEqualTo(Reason.ArtifactMoved));
  }

  @Test
  void aMismatchIsForgottenWhenThePlanWantsThatContentAfterAll() {
    var failed = new Held("a", Stage.Failed, "d1", Reason.ArtifactMoved);
    assertThat(decide(plan(stable("a", "other")), null, failed)).isEmpty();
    assertThat(decide(plan(stable("a", "d1")), null, failed)).containsExactly(new Action.Drop("a"));
  }

  @Test
  void otherContentThanTheUserAsksForFailsWhateverThePodsFind() {
    var asked = Settings.DEFAULT.withDigest("d1");
    var entry = new Entry("a", Role.Stable, "s3://models/a", null, null, asked);

    assertThat(decide(plan(entry), null, held("a", Stage.Fetched, "other")))
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Fail.class,
            fail -> {
              assertThat(fail.failure().reason()).isEqualTo(Reason.DigestMismatch);
              assertThat(fail.failure().message()).contains("other").contains("d1");
            });
    assertThat(decide(plan(entry), null, held("a", Stage.Fetched, "d1")))
        .containsExactly(new Action.Load(entry));
  }

  @Test
  void theOldRevisionAnswersUntilTheNewOneIsWarm() {
    var plan = plan(stable("new", "d2"));
    var old = held("old", Stage.Warm, "d1");
    assertThat(decide(plan, "old", old, held("new", Stage.Loading, "d2"))).isEmpty();
    assertThat(decide(plan, "old", old, held("new", Stage.Warm, "d2")))
        .containsExactly(new Action.Answer("new"));
    assertThat(decide(plan, "new", old, held("new", Stage.Warm, "d2")))
        .containsExactly(new Action.Retire("old"));
  }

  @Test
  void aFailedNewRevisionLeavesTheOldOneAnswering() {
    var plan = plan(stable("new", "d2"));
    var failed = new Held("new", Stage.Failed, "d2", Reason.ModelInvalid);
    assertThat(decide(plan, "old", held("old", Stage.Warm, "d1"), failed)).isEmpty();
  }

  @Test
  void aCandidateThatLeftThePlanIsDroppedWhereverItIs() {
    var plan = plan(stable("a", "d1"));
    var stable = held("a", Stage.Warm, "d1");
    assertThat(decide(plan, "a", stable, held("b", Stage.Fetching, null)))
        .containsExactly(new Action.Drop("b"));
    assertThat(decide(plan, "a", stable, held("b", Stage.Loading, "d2"))).isEmpty();
    assertThat(decide(plan, "a", stable, held("b", Stage.Warm, "d2")))
        .containsExactly(new Action.Retire("b"));
  }

  @Test
  void aThirdRevisionWaitsUntilTheRetiringOneHasLeft() {
    var plan = plan(stable("b", "d2"), candidate("c", "d3"));
    var stable = held("b", Stage.Warm, "d2");
    var next = held("c", Stage.Fetched, "d3");
    assertThat(decide(plan, "b", held("a", Stage.Retiring, "d1"), stable, next)).isEmpty();
    assertThat(decide(plan, "b", stable, next))
        .containsExactly(new Action.Load(candidate("c", "d3")));
  }

  @Test
  void aCandidateMakesRoomForTheNewStableRevision() {
    var plan = plan(stable("new", "d2"), candidate("next", "d3"));
    var old = held("old", Stage.Warm, "d1");
    var fetched = held("new", Stage.Fetched, "d2");
    assertThat(decide(plan, "old", old, fetched, held("next", Stage.Warm, "d3")))
        .containsExactly(new Action.Retire("next"));
  }

  private static List<Action> decide(ServingPlan plan, @Nullable String answering, Held... held) {
    return Planner.decide(plan, new Holdings(POD, List.of(held), answering));
  }

  private static Held held(String revision, Stage stage, @Nullable String digest) {
    return new Held(revision, stage, digest, null);
  }

  static Entry stable(String revision, @Nullable String digest) {
    var settings = Settings.DEFAULT;
    return new Entry(revision, Role.Stable, "s3://models/" + revision, null, digest, settings);
  }

  static Entry candidate(String revision, @Nullable String digest) {
    return stable(revision, digest).withRole(Role.Candidate);
  }

  static ServingPlan plan(Entry... entries) {
    return new ServingPlan(1, 1, "default/espresso", "token", null, List.of(entries));
  }

  private static ServingPlan seededBy(String pod, Entry... entries) {
    return new ServingPlan(1, 1, "default/espresso", "token", pod, List.of(entries));
  }
}
