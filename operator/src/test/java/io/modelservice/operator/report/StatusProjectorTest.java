package io.modelservice.operator.report;

import static io.modelservice.operator.Story.failed;
import static io.modelservice.operator.Story.held;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.Condition;
import io.modelservice.crds.ModelServiceStatus;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.PodState.Revision;
import io.modelservice.crds.contract.Reason;
import io.modelservice.operator.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusProjectorTest {
  private static final String A = "{model: {uri: 's3://models/a'}}";
  private static final String B = "{model: {uri: 's3://models/b'}}";

  @Test
  void theSetOfConditionsIsAlwaysTheSame() {
    var story = new Story(A);
    story.plan();
    assertThat(status(story).conditions())
        .extracting(Condition::type)
        .containsExactly(
            "Ready",
            "Available",
            "UpToDate",
            "ModelResolved",
            "Scheduled",
            "Scalable",
            "Exposed",
            "Reconciling",
            "Stalled");
  }

  @Test
  void aServiceIsReadyWhenItsPodsAnswerWithThePlannedModel() {
    var story = serving();
    assertThat(condition(story, "Ready"))
        .returns("True", Condition::status)
        .returns("Ready", Condition::reason)
        .returns("1 of 1 pods ready", Condition::message);
    assertThat(condition(story, "Reconciling").status()).isEqualTo("False");
    assertThat(requireNonNull(status(story).stable()).digest()).isEqualTo("sha256:a");
    assertThat(requireNonNull(status(story).model()).opset()).isEqualTo(17);
  }

  @Test
  void readyIsSaidTogetherWithTheStableRevisionThatAnswers() {
    var story = new Story(A);
    var revision = story.plan().stored().serving().stable().orElseThrow().revision();
    story.ready("pod-a", serving(revision));
    assertThat(story.projectedWithThePlanBefore())
        .allSatisfy(
            status ->
                assertThat(
                        Conditions.find(status.conditions(), "Ready")
                            .filter(ready -> ready.status().equals("True"))
                            .isPresent())
                    .isEqualTo(status.stable() != null));
  }

  @Test
  void twoPassesWithoutNewsGiveTheSameStatus() {
    var story = serving();
    var before = status(story);
    story.pass(Duration.ofHours(1)).plan();
    assertThat(status(story)).isEqualTo(before);
  }

  @Test
  void availableDoesNotFlipWhileANewModelIsOnItsWay() {
    var story = serving();
    var since = condition(story, "Available").lastTransitionTime();
    story.edit(B).pass(Duration.ofMinutes(1)).plan();
    assertThat(condition(story, "Available"))
        .returns("True", Condition::status)
        .returns(since, Condition::lastTransitionTime);
    assertThat(condition(story, "Ready"))
        .returns("False", Condition::status)
        .returns("ModelRollingOut", Condition::reason);
    assertThat(condition(story, "Reconciling").status()).isEqualTo("True");
  }

  @Test
  void aRestartOfTheOperatorFlipsNothing() {
    var story = serving();
    var before = status(story);
    story.unheard("pod-a").plan();
    assertThat(status(story).conditions()).isEqualTo(before.conditions());
  }

  @Test
  void aPodThatHasNotHeardOfAPromotionDoesNotCount() {
    var story = serving();
    var old = requireNonNull(status(story).stable()).revision();
    var next = story.edit(B).plan().stored().serving().candidate().orElseThrow().revision();
    story.ready("pod-a", serving(old), serving(next)).plan();
    assertThat(condition(story, "Ready"))
        .returns("False", Condition::status)
        .returns("ModelRollingOut", Condition::reason);

    story.ready("pod-a", serving(next)).plan();
    assertThat(condition(story, "Ready").status()).isEqualTo("True");
  }

  @Test
  void aPlanThatWasLostDoesNotMakeAnAnsweringPodUnready() {
    var story = serving();
    story.losePlan().plan();
    assertThat(condition(story, "Ready").status()).isEqualTo("True");
  }

  @Test
  void aDroppedModelIsToldUntilTheSpecChanges() {
    var story = serving();
    var old = requireNonNull(status(story).stable()).revision();
    var next = story.edit(B).plan().stored().serving().candidate().orElseThrow().revision();
    story.ready("pod-a", serving(old), failed(next, Reason.ModelInvalid)).plan();
    story.ready("pod-a", serving(old)).plan();
    assertThat(condition(story, "UpToDate"))
        .returns("False", Condition::status)
        .returns("ModelInvalid", Condition::reason);
    assertThat(condition(story, "Stalled").status()).isEqualTo("True");
    assertThat(condition(story, "Available").status()).isEqualTo("True");
    assertThat(condition(story, "Ready").message())
        .contains("revision " + next, "pod-a: what the runtime said");

    story.edit(A).plan();
    assertThat(condition(story, "Ready").status()).isEqualTo("True");
    assertThat(condition(story, "Stalled").status()).isEqualTo("False");
  }

  @Test
  void theSchedulersOwnSentenceIsShown() {
    var story = new Story(A);
    story.plan();
    story.unschedulable("pod-a");
    story.plan();
    assertThat(condition(story, "Scheduled"))
        .returns("False", Condition::status)
        .returns("Unschedulable", Condition::reason)
        .extracting(Condition::message)
        .asString()
        .contains("pod-a: 0/2 nodes are available: 2 Insufficient nvidia.com/gpu.");
  }

  @Test
  void aKillForMemoryIsNamedAsOne() {
    var story = new Story(A);
    story.plan();
    story.killedForMemory("pod-a");
    story.plan();
    assertThat(condition(story, "Ready").reason()).isEqualTo("OOMKilled");
  }

  @Test
  void bothWordsOfTheKubeletForAMissingImageGiveOneMessage() {
    var first = missingImage("ErrImagePull", "failed to resolve x: refused");
    var second =
        missingImage(
            "ImagePullBackOff",
            "Back-off pulling image \"x\": ErrImagePull: failed to resolve x: refused");
    assertThat(first).isEqualTo(second);
    assertThat(first.reason()).isEqualTo("ImagePullFailed");
  }

  @Test
  void aSuspendedServiceIsSettled() {
    var story = serving();
    story.edit("{model: {uri: 's3://models/a'}, suspend: true}").gone("pod-a").plan();
    assertThat(condition(story, "Ready"))
        .returns("False", Condition::status)
        .returns("Suspended", Condition::reason);
    assertThat(condition(story, "Reconciling").status()).isEqualTo("False");
    assertThat(condition(story, "Stalled").status()).isEqualTo("False");
  }

  @Test
  void anEventIsWrittenForAChangeAndOnlyOnce() {
    var story = new Story(A);
    story.plan();
    var fresh = new Story(A).service();
    assertThat(Announcement.between(fresh, status(story)))
        .extracting(Announcement::reason)
        .containsExactly("Creating");
    assertThat(Announcement.between(story.service(), status(story))).isEmpty();
  }

  private static Condition missingImage(String reason, String message) {
    var story = new Story(A);
    story.plan();
    story.waiting("pod-a", reason, message);
    story.plan();
    return condition(story, "Ready");
  }

  private static Story serving() {
    var story = new Story(A);
    var revision = story.plan().stored().serving().stable().orElseThrow().revision();
    for (var pass = 0; pass < 3; pass++) {
      story.ready("pod-a", serving(revision)).plan();
    }
    return story;
  }

  private static Revision serving(String revision) {
    return held(revision, Phase.Serving, "sha256:a");
  }

  private static ModelServiceStatus status(Story story) {
    return story.service().getStatus();
  }

  private static Condition condition(Story story, String type) {
    return story.condition(type);
  }
}
