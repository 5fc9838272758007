package io.modelservice.operator.plan;

import static io.modelservice.operator.Story.failed;
import static io.modelservice.operator.Story.held;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.operator.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModelPolicyTest {
  private static final String A = "{model: {uri: 's3://models/a'}, replicas: 2}";
  private static final String B = "{model: {uri: 's3://models/b'}, replicas: 2}";

  @Test
  void theFirstModelIsStableAtOnce() {
    var plan = new Story(A).plan();
    assertThat(stable(plan).uri()).isEqualTo("s3://models/a");
    assertThat(stable(plan).revision()).matches("[0-9a-f]{10}");
    assertThat(plan.stored().serving().sequence()).isEqualTo(1);
    assertThat(plan.stored().record().stableSince()).isNull();
  }

  @Test
  void theFirstPodsContentDefinesTheArtifact() {
    var story = new Story(A);
    var revision = stable(story.plan()).revision();
    story
        .notReady("pod-a", held(revision, Phase.Loading, "sha256:one"))
        .notReady("pod-b", held(revision, Phase.Loading, "sha256:two"));
    var plan = story.plan();
    assertThat(stable(plan).digest()).isEqualTo("sha256:one");
    assertThat(plan.stored().serving().seed()).isEqualTo("pod-a");
    assertThat(plan.stored().serving().sequence()).isEqualTo(2);
  }

  @Test
  void nothingChangesWhileEverythingIsAsPlanned() {
    var story = serving();
    var before = story.plan().stored();
    assertThat(story.plan().stored().sameContentAs(before)).isTrue();
  }

  @Test
  void theDigestOfWhatIsServedChangesNothing() {
    var story = serving();
    var before = story.plan().stored().serving();
    var digest = before.stable().orElseThrow().digest();

    var plan = story.edit(A.replace("a'}", "a', digest: '" + digest + "'}")).plan();

    assertThat(plan.stored().serving()).isEqualTo(before);
  }

  @Test
  void anotherDigestAtTheSamePlaceIsANewModel() {
    var plan = serving().edit(A.replace("a'}", "a', digest: 'sha256:other'}")).plan();

    assertThat(candidate(plan).uri()).isEqualTo("s3://models/a");
    assertThat(candidate(plan).settings().digest()).isEqualTo("sha256:other");
    assertThat(candidate(plan).revision()).isNotEqualTo(stable(plan).revision());
  }

  @Test
  void aNewModelIsLoadedBesideTheStableOne() {
    var story = serving();
    var old = stable(story.plan()).revision();
    var plan = story.edit(B).plan();
    assertThat(stable(plan).revision()).isEqualTo(old);
    assertThat(candidate(plan).uri()).isEqualTo("s3://models/b");
  }

  @Test
  void aNewModelTakesOverOnlyWhenEveryReadyPodHasItWarm() {
    var story = serving();
    var old = stable(story.plan()).revision();
    var next = candidate(story.edit(B).plan()).revision();

    story.ready("pod-a", serving(old), serving(next)).ready("pod-b", serving(old));
    assertThat(stable(story.plan()).revision()).isEqualTo(old);

    story.ready("pod-b", serving(old), serving(next));
    var plan = story.plan();
    assertThat(stable(plan).revision()).isEqualTo(next);
    assertThat(plan.stored().serving().candidate()).isEmpty();
  }

  @Test
  void aPodThatHasNotBeenHeardHoldsTheNewModelBack() {
    var story = serving();
    var old = stable(story.plan()).revision();
    var next = candidate(story.edit(B).plan()).revision();
    story.ready("pod-a", serving(old), serving(next)).unheard("pod-b");
    assertThat(stable(story.plan()).revision()).isEqualTo(old);
  }

  @Test
  void aBadModelIsDroppedAndNotTriedAgain() {
    var story = serving();
    var old = stable(story.plan()).revision();
    var next = candidate(story.edit(B).plan()).revision();
    story.ready("pod-a", serving(old), failed(next, Reason.ModelInvalid));

    var plan = story.plan();
    assertThat(stable(plan).revision()).isEqualTo(old);
    assertThat(plan.stored().serving().candidate()).isEmpty();
    assertThat(rejection(plan)).isEqualTo(Reason.ModelInvalid);

    story.ready("pod-a", serving(old));
    assertThat(story.plan().stored().serving().candidate()).isEmpty();
  }

  @Test
  void aPodThatDiesOfACandidateDropsIt() {
    var story = serving();
    story.plan();
    story.edit(B).plan();
    story.pass(Duration.ofSeconds(5));
    story.killedForMemory("pod-a");
    assertThat(rejection(story.plan())).isEqualTo(Reason.OOMKilled);
  }

  @Test
  void goingBackToTheOldModelDropsTheCandidate() {
    var story = serving();
    var old = stable(story.plan()).revision();
    story.edit(B).plan();
    var plan = story.edit(A).plan();
    assertThat(stable(plan).revision()).isEqualTo(old);
    assertThat(plan.stored().serving().candidate()).isEmpty();
  }

  @Test
  void aModelThatNeverAnsweredIsSimplyReplaced() {
    var story = new Story(A);
    var first = stable(story.plan()).revision();
    story.notReady("pod-a", failed(first, Reason.ModelInvalid));
    var plan = story.edit(B).plan();
    assertThat(stable(plan).uri()).isEqualTo("s3://models/b");
    assertThat(stable(plan).revision()).isNotEqualTo(first);
    assertThat(plan.stored().serving().candidate()).isEmpty();
  }

  @Test
  void aModelThatNeverAnsweredMayBeMendedAtItsPlace() {
    var story = new Story(A);
    var revision = stable(story.plan()).revision();
    story.notReady("pod-a", held(revision, Phase.Loading, "sha256:bad"));
    assertThat(stable(story.plan()).digest()).isEqualTo("sha256:bad");
    story.notReady("pod-a", failed(revision, Reason.ModelInvalid));
    assertThat(stable(story.plan()).digest()).isNull();
  }

  @Test
  void aSuspendedServiceKeepsItsModel() {
    var story = serving();
    var old = stable(story.plan()).revision();
    var plan = story.edit("{model: {uri: 's3://models/b'}, suspend: true}").plan();
    assertThat(stable(plan).revision()).isEqualTo(old);
    assertThat(plan.stored().serving().candidate()).isEmpty();
    assertThat(plan.replicas()).isZero();
  }

  @Test
  void aLostPlanIsMadeAgainFromTheStatus() {
    var story = serving();
    var before = story.plan();
    var plan = story.losePlan().plan();
    assertThat(stable(plan).revision()).isEqualTo(stable(before).revision());
    assertThat(stable(plan).digest()).isEqualTo(stable(before).digest());
    assertThat(plan.stored().serving().sequence())
        .isGreaterThan(before.stored().serving().sequence());
  }

  private static Reason rejection(Plan plan) {
    return requireNonNull(plan.stored().record().rejected()).failure().reason();
  }

  private static Story serving() {
    var story = new Story(A);
    var revision = stable(story.plan()).revision();
    story.ready("pod-a", serving(revision)).ready("pod-b", serving(revision));
    story.plan();
    story.ready("pod-a", serving(revision)).ready("pod-b", serving(revision));
    story.plan();
    return story;
  }

  private static io.modelservice.crds.contract.PodState.Revision serving(String revision) {
    return held(revision, Phase.Serving, "sha256:" + revision);
  }

  private static Entry stable(Plan plan) {
    return plan.stored().serving().stable().orElseThrow();
  }

  private static Entry candidate(Plan plan) {
    return plan.stored().serving().candidate().orElseThrow();
  }
}
