package io.modelservice.operator.plan;

import static io.modelservice.operator.Story.failed;
import static io.modelservice.operator.Story.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.operator.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One pod reads the source for all; it stays that pod for as long as it can. */
class SeedTest {
  private final Story story = new Story("{model: {uri: 's3://models/a'}, replicas: 3}");
  private final String revision = story.plan().stored().serving().stable().orElseThrow().revision();

  @Test
  void beforeAPodRunsThereIsNone() {
    assertThat(plan().seed()).isNull();
    assertThat(plan().seedAddress()).isNull();
  }

  @Test
  void theOldestPodThatAnswersReadsTheSource() {
    story.silent("pod-1").notReady("pod-2", fetching()).notReady("pod-3", fetching());
    assertThat(plan().seed()).isEqualTo("pod-2");
    assertThat(plan().seedAddress()).isEqualTo("10.0.0.2:9000");
  }

  @Test
  void aPodThatRunsIsChosenBeforeItAnswers() {
    assertThat(story.silent("pod-1").plan().stored().serving().seed()).isEqualTo("pod-1");
  }

  @Test
  void aChosenPodMayTakeAsLongToStartAsItsSiblingsWait() {
    story.silent("pod-1").plan();
    story.notReady("pod-2", fetching());
    assertThat(plan().seed()).as("while it may read the source").isEqualTo("pod-1");
    assertThat(story.plan().deadline()).contains(story.now().plusSeconds(14));
    story.pass(Duration.ofSeconds(14));
    assertThat(plan().seed()).as("when it hangs").isEqualTo("pod-2");
  }

  @Test
  void anOlderPodThatAnswersLaterChangesNothing() {
    story.notReady("pod-2", fetching()).plan();
    story.notReady("pod-1", fetching());
    assertThat(plan().seed()).isEqualTo("pod-2");
  }

  @Test
  void whenItIsGoneOneThatHasAllIsChosen() {
    story.ready("pod-1", whole()).notReady("pod-2", fetching()).ready("pod-3", whole()).plan();
    assertThat(plan().seed()).isEqualTo("pod-1");
    assertThat(story.gone("pod-1").plan().stored().serving().seed()).isEqualTo("pod-3");
  }

  @Test
  void aMissedQuestionIsNoReasonToReadTheSourceTwice() {
    story.notReady("pod-1", fetching()).notReady("pod-2", fetching()).plan();
    story.silent("pod-1");
    assertThat(plan().seed()).isEqualTo("pod-1");
  }

  @Test
  void oneThatIsSilentGivesWayToOneThatHasAll() {
    story.ready("pod-1", whole()).ready("pod-2", whole()).plan();
    story.silent("pod-1");
    assertThat(plan().seed()).isEqualTo("pod-2");
  }

  @Test
  void oneThatFailedGivesWay() {
    story.notReady("pod-1", fetching()).notReady("pod-2", fetching()).plan();
    story.notReady("pod-1", failed(revision, Reason.ArtifactMoved));
    assertThat(plan().seed()).isEqualTo("pod-2");
  }

  @Test
  void anOperatorThatHasJustStartedChangesNothing() {
    story.ready("pod-1", whole()).ready("pod-2", whole()).plan();
    var before = plan();
    story.unheard("pod-1");
    assertThat(plan()).isEqualTo(before);
  }

  private ServingPlan plan() {
    return story.plan().stored().serving();
  }

  private PodState.Revision fetching() {
    return held(revision, Phase.Fetching, null);
  }

  private PodState.Revision whole() {
    return held(revision, Phase.Serving, "sha256:a");
  }
}
