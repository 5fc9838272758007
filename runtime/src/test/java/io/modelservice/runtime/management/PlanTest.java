package io.modelservice.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.TestModels;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders reach the pod by its file and by PUT; what is not in order is refused. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class PlanTest {
  private static final Path FILE = Path.of("target/pod/plan.json");
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final PodClient pod = new PodClient();

  @BeforeEach
  void serve() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
  }

  @Test
  void anotherTokenIsRefused() throws Exception {
    var plan = ContractJson.write(pod.next());
    assertThat(pod.put(plan, "another").statusCode()).isEqualTo(401);
    assertThat(pod.put(plan, "").statusCode()).isEqualTo(401);
  }

  @Test
  void aLowerSequenceIsRefusedAndTheSameChangesNothing() throws Exception {
    var before = pod.state();
    var entry = PodClient.entry("0000000000", Role.Stable, "file:///x", PodClient.DEFAULTS);
    assertThat(put(before.sequence() - 1, entry)).isEqualTo(409);
    assertThat(put(before.sequence(), entry)).isEqualTo(200);
    assertThat(pod.state()).isEqualTo(before);
  }

  private int put(long sequence, Entry entry) throws Exception {
    var plan =
        new ServingPlan(1, sequence, "default/espresso", PodClient.TOKEN, null, List.of(entry));
    return pod.put(ContractJson.write(plan), PodClient.TOKEN).statusCode();
  }

  @Test
  void aDamagedPlanIsRefusedWithOneSentence() throws Exception {
    var before = pod.state();
    for (var damaged :
        List.of(
            "{",
            "[]",
            "{\"version\":1}",
            ContractJson.write(pod.next()).replace("\"version\":1", "\"version\":9"),
            ContractJson.write(pod.next()).replace("default/espresso", "default/latte"),
            ContractJson.write(
                pod.next(PodClient.entry("../x", Role.Stable, "s3://b", PodClient.DEFAULTS))))) {
      var answer = pod.put(damaged, PodClient.TOKEN);
      assertThat(answer.statusCode()).as(damaged).isEqualTo(400);
      assertThat(answer.body()).startsWith("{\"error\":\"the plan").doesNotContain("\n");
    }
    assertThat(pod.state()).isEqualTo(before);
  }

  @Test
  void aChangedFileIsFollowed() throws Exception {
    var entry =
        PodClient.entry("f11ef11e00", Role.Stable, TestModels.uri("simple"), PodClient.DEFAULTS);
    Files.writeString(FILE, ContractJson.write(pod.next(entry)));
    pod.await("f11ef11e00", Phase.Serving);
  }

  @Test
  void aDamagedFileShowsInTheStateAndThePlanInForceStays() throws Exception {
    var sequence = pod.state().sequence();
    Files.writeString(FILE, "{\"version\": ");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(PodClient.reason(pod.state().planFailure()))
                    .isEqualTo(Reason.PlanInvalid));
    assertThat(pod.state().sequence()).isEqualTo(sequence);

    pod.serve("simple", PodClient.DEFAULTS);
    assertThat(pod.state().planFailure()).isNull();
  }

  @Test
  void withoutItsDigestInThePlanOnlyTheSeedAnswers() throws Exception {
    var plan = seededBy("another-pod", null);
    pod.put(ContractJson.write(plan), PodClient.TOKEN);
    await()
        .atMost(PATIENCE)
        .until(
            () -> pod.state().revision("5eed5eed00").map(r -> r.timings().warmUpMillis() != null),
            warm -> warm.orElse(false));
    var waiting = pod.state().revision("5eed5eed00").orElseThrow();
    assertThat(waiting.phase()).isEqualTo(Phase.Warming);

    pod.put(ContractJson.write(seededBy("another-pod", waiting.digest())), PodClient.TOKEN);
    pod.await("5eed5eed00", Phase.Serving);
  }

  @Test
  void otherContentThanThePlansIsRefused() throws Exception {
    pod.put(
        ContractJson.write(seededBy("another-pod", "sha256:" + "0".repeat(64))), PodClient.TOKEN);
    var failed = pod.await("5eed5eed00", Phase.Failed);
    assertThat(PodClient.reason(failed.failure())).isEqualTo(Reason.ArtifactMoved);
  }

  private ServingPlan seededBy(String seed, @Nullable String digest) throws Exception {
    var entry =
        new Entry(
            "5eed5eed00", Role.Stable, TestModels.uri("simple"), null, digest, PodClient.DEFAULTS);
    var sequence = pod.state().sequence() + 1;
    return new ServingPlan(1, sequence, "default/espresso", PodClient.TOKEN, seed, List.of(entry));
  }
}
