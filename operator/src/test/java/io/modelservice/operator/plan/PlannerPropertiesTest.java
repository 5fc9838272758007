package io.modelservice.operator.plan;

import static io.modelservice.operator.Story.failed;
import static io.modelservice.operator.Story.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.operator.Story;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws that hold whatever users and pods do, in any order. */
class PlannerPropertiesTest {

  /** Something that happens between two passes. */
  enum Happening {
    ASK_FOR_A,
    ASK_FOR_B,
    SUSPEND,
    POD_ONE_WARMS,
    POD_TWO_WARMS,
    POD_ONE_FAILS,
    POD_TWO_IS_SILENT,
    POD_TWO_GOES,
    TIME_PASSES
  }

  @Property(tries = 300)
  void thereIsAlwaysOneStableAndAtMostOneCandidate(@ForAll("lives") List<Happening> life) {
    var story = new Story(spec("a", false));
    for (var happening : life) {
      happen(story, story.plan(), happening);
      var models = story.plan().stored().serving().models();
      assertThat(models).filteredOn(entry -> entry.role() == Role.Stable).hasSize(1);
      assertThat(models).hasSizeLessThanOrEqualTo(2);
      assertThat(models).extracting(Entry::revision).doesNotHaveDuplicates();
    }
  }

  @Property(tries = 300)
  void theSequenceGrowsExactlyWhenTheOrderChanges(@ForAll("lives") List<Happening> life) {
    var story = new Story(spec("a", false));
    var before = story.plan().stored().serving();
    for (var happening : life) {
      happen(story, story.plan(), happening);
      before = story.observation().plan().orElseThrow().serving();
      var after = story.plan().stored().serving();
      var same =
          after.models().equals(before.models())
              && Objects.equals(after.seed(), before.seed())
              && Objects.equals(after.seedAddress(), before.seedAddress());
      assertThat(after.sequence()).isEqualTo(before.sequence() + (same ? 0 : 1));
    }
  }

  @Property(tries = 300)
  void aServingModelIsReplacedOnlyByOneThatEveryReadyPodHasWarm(
      @ForAll("lives") List<Happening> life) {
    var story = new Story(spec("a", false));
    for (var happening : life) {
      var before = story.plan();
      happen(story, before, happening);
      var ready = story.observation().readyPods();
      var after = story.plan();
      var served = before.stored().record().stableSince() != null;
      if (served && !stable(after).equals(stable(before))) {
        assertThat(ready).isNotEmpty().allMatch(pod -> pod.serves(stable(after)));
      }
    }
  }

  @Property(tries = 300)
  void aSecondPassWithoutNewsChangesNothing(@ForAll("lives") List<Happening> life) {
    var story = new Story(spec("a", false));
    for (var happening : life) {
      happen(story, story.plan(), happening);
      story.plan();
      var settled = story.plan().stored();
      assertThat(story.plan().stored().sameContentAs(settled)).isTrue();
    }
  }

  @Provide
  Arbitrary<List<Happening>> lives() {
    return Arbitraries.of(Happening.class).list().ofMinSize(1).ofMaxSize(30);
  }

  private static void happen(Story story, Plan plan, Happening happening) {
    var serving = plan.stored().serving();
    var _ =
        switch (happening) {
          case ASK_FOR_A -> story.edit(spec("a", false));
          case ASK_FOR_B -> story.edit(spec("b", false));
          case SUSPEND -> story.edit(spec("a", true));
          case POD_ONE_WARMS -> story.ready("pod-1", warm(serving));
          case POD_TWO_WARMS -> story.ready("pod-2", warm(serving));
          case POD_ONE_FAILS -> story.ready("pod-1", candidateFails(serving));
          case POD_TWO_IS_SILENT -> story.ready("pod-2", warm(serving)).unheard("pod-2");
          case POD_TWO_GOES -> story.gone("pod-2");
          case TIME_PASSES -> story.pass(Duration.ofMinutes(1));
        };
  }

  private static PodState.Revision[] warm(ServingPlan plan) {
    return plan.models().stream()
        .map(entry -> held(entry.revision(), Phase.Serving, digest(entry)))
        .toArray(PodState.Revision[]::new);
  }

  private static PodState.Revision[] candidateFails(ServingPlan plan) {
    var stable =
        plan.stable().map(entry -> held(entry.revision(), Phase.Serving, digest(entry))).stream();
    var candidate =
        plan.candidate().map(entry -> failed(entry.revision(), Reason.ModelInvalid)).stream();
    return Stream.concat(stable, candidate).toArray(PodState.Revision[]::new);
  }

  private static String digest(Entry entry) {
    return Optional.ofNullable(entry.digest()).orElse("sha256:" + entry.uri());
  }

  private static String stable(Plan plan) {
    return plan.stored().serving().stable().orElseThrow().revision();
  }

  private static String spec(String model, boolean suspend) {
    return "{model: {uri: 's3://models/" + model + "'}, replicas: 2, suspend: " + suspend + "}";
  }
}
