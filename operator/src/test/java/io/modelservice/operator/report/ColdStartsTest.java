package io.modelservice.operator.report;

import static io.modelservice.operator.Story.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.ModelServiceStatus.ColdStart;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.operator.Story;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever waits for a pod sees where the time went. */
class ColdStartsTest {
  private final Story story = new Story("{model: {uri: 's3://models/a'}, replicas: 2}");

  @Test
  void theNewestPodsPhasesAreTold() {
    var revision = story.plan().stored().serving().stable().orElseThrow().revision();
    story.started("pod-a", 1, 4, 9, held(revision, Phase.Serving, "sha256:a")).plan();

    assertThat(coldStart())
        .isEqualTo(new ColdStart("pod-a", "1s", "3s", "1ms", "1ms", "1ms", "9s"));
  }

  @Test
  void whatHappensToThePodLaterChangesNothing() {
    theFirstPodStarts();
    var before = coldStart();
    var next = story.edit("{model: {uri: 's3://models/b'}, replicas: 2}").plan();
    var candidate = next.stored().serving().candidate().orElseThrow().revision();

    story.started("pod-a", 1, 4, 50, held(candidate, Phase.Serving, "sha256:b")).plan();
    story.plan();

    assertThat(coldStart()).isEqualTo(before);
  }

  @Test
  void aLaterPodTakesItsPlace() {
    var revision = theFirstPodStarts();
    story.started("pod-b", 0, 1, 3, held(revision, Phase.Serving, "sha256:a")).plan();

    assertThat(coldStart())
        .isEqualTo(new ColdStart("pod-b", "0s", "1s", "1ms", "1ms", "1ms", "3s"));
  }

  @Test
  void aPodThatIsOnItsWayIsNotToldYet() {
    var revision = theFirstPodStarts();
    var before = coldStart();
    story.notReady("pod-b", held(revision, Phase.Loading, "sha256:a")).plan();

    assertThat(coldStart()).isEqualTo(before);
  }

  private String theFirstPodStarts() {
    var revision = story.plan().stored().serving().stable().orElseThrow().revision();
    story.started("pod-a", 1, 4, 9, held(revision, Phase.Serving, "sha256:a")).plan();
    return revision;
  }

  private @Nullable ColdStart coldStart() {
    return story.service().getStatus().coldStart();
  }
}
