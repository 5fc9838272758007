package io.modelservice.operator.podstate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.modelservice.operator.Story;
import io.modelservice.operator.render.PlanConfigMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a plan ConfigMap orders is read once, and again when it has changed. */
class ReadPlansTest {
  private final ReadPlans plans = new ReadPlans();
  private final Story story = new Story("{model: {uri: 's3://models/a'}}");

  @Test
  void aVersionIsReadOnce() {
    var map = stored("1");

    assertThat(plans.of(map)).isPresent();
    assertThat(plans.of(map).orElseThrow()).isSameAs(plans.of(map).orElseThrow());
  }

  @Test
  void aNewVersionIsReadAgain() {
    var before = plans.of(stored("1")).orElseThrow();

    assertThat(plans.of(stored("2")).orElseThrow()).isEqualTo(before).isNotSameAs(before);
  }

  @Test
  void aDamagedVersionIsNoPlanUntilItIsMended() {
    var damaged = new ConfigMapBuilder(stored("2")).addToData("plan.json", "{").build();
    plans.of(stored("1"));

    assertThat(plans.of(damaged)).isEmpty();
    assertThat(plans.of(stored("3"))).isPresent();
  }

  @Test
  void whatIsGoneIsForgotten() {
    var before = plans.of(stored("1")).orElseThrow();

    plans.keepOnly(Stream.empty());

    assertThat(plans.of(stored("1")).orElseThrow()).isNotSameAs(before);
  }

  private ConfigMap stored(String version) {
    var plan = story.plan().stored();
    return new ConfigMapBuilder(PlanConfigMap.render(story.service(), plan))
        .editMetadata()
        .withUid("u")
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }
}
