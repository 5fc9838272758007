package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.Reason;
import io.modelservice.e2e.client.Calculator;
import io.modelservice.e2e.client.Load;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A user changes the model of a service while its clients go on calling. */
@OnCluster
@Tag("skeleton")
class ModelChangeE2E {
  private static final int RATE = 50;

  static final List<Arguments> BAD_MODELS =
      List.of(
          Arguments.of("corrupt", Models.CORRUPT, Reason.ModelInvalid),
          Arguments.of("unknown-operator", Models.UNKNOWN_OPERATOR, Reason.ModelUnsupported),
          Arguments.of("unlabelled", Models.UNLABELLED, Reason.LabelsMissing),
          Arguments.of("on-a-gpu", Models.ON_A_GPU, Reason.ProviderUnavailable));

  @Test
  void aNewModelTakesOverWithoutALostRequestOrARestart(Space space) {
    space.apply("calculator", Models.SIMPLE);
    var before = space.awaitReady("calculator").revision();
    var processes = space.processes("calculator");

    try (var load = load(space, "calculator")) {
      awaitMoreAnswers(load);
      space.apply("calculator", Models.PRODUCT);
      var after = space.awaitReady("calculator").revision();
      awaitMoreAnswers(load);
      var seen = load.stop();

      assertThat(seen.failures()).isEmpty();
      assertThat(seen.revisions()).containsExactly(before, after);
      assertThat(seen.goesBack(before, after)).as("the old model answers again").isFalse();
    }
    assertThat(space.processes("calculator")).isEqualTo(processes);
    assertThat(Calculator.answer(space.endpoint("calculator"))).as("3 times 2").isEqualTo(6);
  }

  @Test
  void aNewModelTakesOverInSeveralPods(Space space) {
    space.apply("twins", Models.SIMPLE + "replicas: 2");
    space.awaitReady("twins");
    var processes = space.processes("twins");

    try (var load = load(space, "twins")) {
      awaitMoreAnswers(load);
      space.apply("twins", Models.PRODUCT + "replicas: 2");
      space.awaitReady("twins");
      awaitMoreAnswers(load);

      assertThat(load.stop().failures()).isEmpty();
    }
    assertThat(space.processes("twins")).hasSize(2).isEqualTo(processes);
    assertThat(Calculator.answers(space.podEndpoints("twins")))
        .as("answer of either pod")
        .hasSize(2)
        .containsOnly(6);
  }

  @ParameterizedTest
  @FieldSource("BAD_MODELS")
  void aBadNewModelNeverTakesThePlaceOfTheOldOne(
      String name, String badModel, Reason reason, Space space) {
    var service = "still-" + name;
    space.apply(service, Models.SIMPLE);
    var before = space.awaitReady(service).revision();
    var processes = space.processes(service);

    try (var load = load(space, service)) {
      awaitMoreAnswers(load);
      space.apply(service, badModel);
      var stalled = space.awaitCondition(service, "Stalled", "True", reason);
      space.awaitCondition(service, "UpToDate", reason);
      awaitMoreAnswers(load);

      assertThat(stalled.message()).contains("dropped");
      assertThat(space.condition(service, "Available").orElseThrow().status()).isEqualTo("True");
      assertThat(space.events(service)).anyMatch(event -> event.getReason().equals(reason.name()));

      space.apply(service, Models.PRODUCT);
      var after = space.awaitReady(service).revision();
      awaitMoreAnswers(load);
      var seen = load.stop();

      assertThat(seen.failures()).isEmpty();
      assertThat(seen.revisions()).containsExactly(before, after);
    }
    assertThat(space.processes(service)).isEqualTo(processes);
    assertThat(Calculator.answer(space.endpoint(service))).isEqualTo(6);
  }

  private static Load load(Space space, String service) {
    var request = Calculator.threesAndTwos();
    return Load.start(space.endpoint(service).inference(request), RATE);
  }

  private static void awaitMoreAnswers(Load load) {
    var enough = load.answered() + 2 * RATE;
    await("answers").atMost(Duration.ofMinutes(1)).until(() -> load.answered() >= enough);
  }
}
