package io.modelservice.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.operator.Story;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SurgePolicyTest {
  private static final String SPEC = "{model: {uri: 's3://models/a'}, gpu: {count: 4}}";
  private static final String REPLACING =
      "{replicas: 2, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1}";

  @Test
  void podsAreReplacedOneMoreFirst() {
    var story = new Story(SPEC);
    story.plan();
    assertThat(story.deploymentStatus(REPLACING).plan().surge()).isEqualTo(Surge.ONE_MORE);
  }

  @Test
  void aSurgePodWithoutANodeTurnsTheWayAfterThirtySeconds() {
    var story = pending();
    var plan = story.pass(Duration.ofSeconds(29)).plan();
    assertThat(plan.surge()).isEqualTo(Surge.ONE_MORE);
    assertThat(plan.deadline()).contains(Instant.parse("2026-01-01T00:00:30Z"));

    assertThat(story.pass(Duration.ofSeconds(1)).plan().surge()).isEqualTo(Surge.ONE_LESS);
  }

  @Test
  void theTurnedWayIsKeptUntilAllPodsAreReplaced() {
    var story = pending();
    story.pass(SurgePolicy.WAIT).plan();
    story.gone("pod-b");
    assertThat(story.plan().surge()).isEqualTo(Surge.ONE_LESS);
    story.deploymentStatus("{replicas: 1, updatedReplicas: 1}");
    assertThat(story.plan().surge()).isEqualTo(Surge.ONE_MORE);
  }

  @Test
  void aFirstPodWithoutANodeTurnsNothing() {
    var story = new Story(SPEC);
    story.plan();
    story.unschedulable("pod-a");
    story.deploymentStatus("{replicas: 1, updatedReplicas: 1}");
    assertThat(story.pass(Duration.ofHours(1)).plan().surge()).isEqualTo(Surge.ONE_MORE);
  }

  private static Story pending() {
    var story = new Story(SPEC);
    story.plan();
    story.unschedulable("pod-b");
    return story.deploymentStatus(REPLACING);
  }
}
