package io.modelservice.operator.plan;

import static io.modelservice.operator.Story.failed;
import static io.modelservice.operator.Story.held;
import static io.modelservice.operator.Story.serving;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.operator.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New content at the URI is found by the pods, and the plan follows it, or does not. */
class TrackingTest {
  private static final String TRACKED =
      "{model: {uri: 's3://models/a', update: {policy: Track, interval: 30s}}, replicas: 2}";
  private static final String PINNED = "{model: {uri: 's3://models/a'}, replicas: 2}";
  private static final SourcePin OLD = content("old");
  private static final SourcePin NEW = content("new");
  private static final SourcePin NEWER = content("newer");

  private final Story story = new Story(TRACKED);

  @Test
  void podsAreToldToLookOnlyWhereTheUserWantsIt() {
    assertThat(story.plan().stored().serving().lookEvery()).isEqualTo("30s");
    assertThat(new Story(PINNED).plan().stored().serving().lookEvery()).isNull();
    var usual = new Story("{model: {uri: 's3://models/a', update: {policy: Track}}}");
    assertThat(usual.plan().stored().serving().lookEvery()).isEqualTo("5m");
  }

  @Test
  void theContentThatIsServedChangesNothing() {
    var revision = serve(story);
    var before = story.plan().stored();
    story.ready("pod-a", serving(revision, OLD, OLD));
    assertThat(story.plan().stored().sameContentAs(before)).isTrue();
  }

  @Test
  void newContentIsLoadedBesideTheOldByItsPin() {
    var revision = serve(story);
    story.ready("pod-a", serving(revision, OLD, NEW));

    var candidate = candidate(story.plan());

    assertThat(candidate.pin()).isEqualTo(NEW);
    assertThat(candidate.digest()).isNull();
    assertThat(candidate.revision()).isNotEqualTo(revision);
    assertThat(story.condition("Reconciling").reason()).isEqualTo("ModelRollingOut");
    assertThat(story.condition("Ready").status()).isEqualTo("True");
  }

  @Test
  void itTakesOverWhenEveryPodHasItWarmAlthoughSomeHaveNotLookedYet() {
    var revision = serve(story);
    story.ready("pod-a", serving(revision, OLD, NEW));
    var next = candidate(story.plan()).revision();
    story
        .ready("pod-a", serving(revision, OLD, NEW), held(next, Phase.Serving, "sha256:new"))
        .ready("pod-b", serving(revision, OLD, OLD), held(next, Phase.Serving, "sha256:new"));

    var plan = story.plan().stored().serving();

    assertThat(plan.stable().orElseThrow().revision()).isEqualTo(next);
    assertThat(plan.candidate()).isEmpty();
  }

  @Test
  void badContentIsDroppedOnceAndStaysDropped() {
    var revision = serveAndDropNew();

    story.ready("pod-a", serving(revision, OLD, NEW));
    assertThat(story.plan().stored().serving().candidate()).isEmpty();
    assertThat(story.condition("UpToDate").reason()).isEqualTo("ModelInvalid");
    assertThat(story.condition("Stalled").status()).isEqualTo("True");
    assertThat(story.condition("Ready").status()).isEqualTo("True");
  }

  @Test
  void contentThatComesAfterBadContentIsTried() {
    var revision = serveAndDropNew();
    story.ready("pod-a", serving(revision, OLD, NEWER));

    assertThat(candidate(story.plan()).pin()).isEqualTo(NEWER);
    assertThat(story.condition("Stalled").status()).isEqualTo("False");
  }

  @Test
  void contentThatComesWhileOtherIsTriedSupersedesIt() {
    var revision = serve(story);
    story.ready("pod-a", serving(revision, OLD, NEW));
    story.plan();
    story
        .ready("pod-a", serving(revision, OLD, NEWER))
        .ready("pod-b", serving(revision, OLD, NEWER));

    assertThat(candidate(story.plan()).pin()).isEqualTo(NEWER);
  }

  @Test
  void aServiceThatIsPinnedNeverMoves() {
    var pinned = new Story(PINNED);
    var revision = serve(pinned);
    pinned.ready("pod-a", serving(revision, OLD, NEW));
    assertThat(pinned.plan().stored().serving().candidate()).isEmpty();
  }

  @Test
  void aCommitThatLeavesTheFilesAloneIsNothingNew() {
    var revision = serve(story);
    story.ready("pod-a", serving(revision, OLD, new SourcePin(OLD.files(), "0123")));
    assertThat(story.plan().stored().serving().candidate()).isEmpty();
  }

  private String serveAndDropNew() {
    var revision = serve(story);
    story.ready("pod-a", serving(revision, OLD, NEW));
    var bad = candidate(story.plan()).revision();
    story.ready("pod-a", serving(revision, OLD, NEW), failed(bad, Reason.ModelInvalid));
    assertThat(story.plan().stored().serving().candidate()).isEmpty();
    return revision;
  }

  private static String serve(Story story) {
    var revision = stable(story.plan().stored().serving()).revision();
    for (var pass = 0; pass < 2; pass++) {
      story
          .ready("pod-a", serving(revision, OLD, OLD))
          .ready("pod-b", serving(revision, OLD, OLD))
          .plan();
    }
    return revision;
  }

  private static SourcePin content(String etag) {
    return new SourcePin(List.of(new SourcePin.File("model.onnx", 10, etag)), null);
  }

  private static Entry stable(ServingPlan plan) {
    return plan.stable().orElseThrow();
  }

  private static Entry candidate(Plan plan) {
    return plan.stored().serving().candidate().orElseThrow();
  }
}
