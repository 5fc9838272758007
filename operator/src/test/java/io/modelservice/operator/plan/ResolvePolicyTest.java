package io.modelservice.operator.plan;

import static io.modelservice.operator.Story.failed;
import static io.modelservice.operator.Story.held;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.Resolution;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.operator.Story;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No GPU waits for a model that cannot work. */
class ResolvePolicyTest {
  private static final String ON_GPUS =
      "{model: {uri: 's3://models/a'}, gpu: {count: 1}, replicas: 2}";
  private static final SourcePin PIN =
      new SourcePin(List.of(new SourcePin.File("model.onnx", 10, "etag")), null);
  private static final ModelInfo MODEL =
      new ModelInfo(10, "onnx", 17, List.of(), List.of(), 1 << 20);

  private final Story story = new Story(ON_GPUS);

  @Test
  void theFirstModelOfGpusIsCheckedBeforePodsAreMade() {
    var plan = story.plan();

    assertThat(plan.resolveJob()).isPresent();
    assertThat(plan.replicasNow()).isZero();
    assertThat(plan.replicas()).isEqualTo(2);
    assertThat(story.condition("Ready").reason()).isEqualTo("Resolving");
    assertThat(story.condition("Reconciling").status()).isEqualTo("True");
  }

  @Test
  void withoutGpusThePodsThemselvesAreTheCheck() {
    var plan = new Story("{model: {uri: 's3://models/a'}}").plan();

    assertThat(plan.resolveJob()).isEmpty();
    assertThat(plan.replicasNow()).isEqualTo(1);
  }

  @Test
  void aModelThatHasRunIsServedAndItsBytesAreFixed() {
    says(Resolution.tried(PIN, "sha256:ab", MODEL));

    var plan = story.plan();

    assertThat(plan.resolveJob()).isEmpty();
    assertThat(plan.replicasNow()).isEqualTo(2);
    var stable = plan.stored().serving().stable().orElseThrow();
    assertThat(stable.digest()).isEqualTo("sha256:ab");
    assertThat(stable.pin()).isEqualTo(PIN);
    assertThat(story.condition("ModelResolved").status()).isEqualTo("True");
  }

  @Test
  void otherContentThanTheUserAsksForGetsNoPod() {
    story.edit(ON_GPUS.replace("a'}", "a', digest: 'sha256:other'}"));
    says(Resolution.tried(PIN, "sha256:ab", MODEL));

    assertThat(story.plan().replicasNow()).isZero();
    assertThat(story.condition("Ready").reason()).isEqualTo("DigestMismatch");
  }

  @Test
  void aModelThatIsTooLargeToTryIsServedToo() {
    says(Resolution.untried(PIN, MODEL));

    var plan = story.plan();

    assertThat(plan.replicasNow()).isEqualTo(2);
    assertThat(plan.stored().serving().stable().orElseThrow().digest()).isNull();
  }

  @Test
  void aBadModelGetsNoPodAndItsReasonIsTold() {
    says(refused(Reason.ModelInvalid, "the file is no model"));

    story.plan();
    var plan = story.pass(Duration.ofHours(1)).plan();

    assertThat(plan.resolveJob()).isEmpty();
    assertThat(plan.replicasNow()).isZero();
    assertThat(story.condition("Ready").reason()).isEqualTo("ModelInvalid");
    assertThat(story.condition("Ready").message()).contains("the file is no model");
    assertThat(story.condition("ModelResolved").reason()).isEqualTo("ModelInvalid");
    assertThat(story.condition("Stalled").status()).isEqualTo("True");
  }

  @Test
  void aChangedSpecIsCheckedAnew() {
    says(refused(Reason.ModelInvalid, "the file is no model"));
    var first = story.plan().stored().record();

    var plan = story.edit(ON_GPUS.replace("models/a", "models/b")).plan();

    assertThat(plan.resolveJob()).isPresent();
    assertThat(requireNonNull(plan.stored().record().resolve()).revision())
        .isNotEqualTo(requireNonNull(first.resolve()).revision());
  }

  @Test
  void aStoreThatDoesNotAnswerIsAskedAgainAfterAPause() {
    var first = says(refused(Reason.StoreUnreachable, "the connection was refused"));

    var paused = story.plan();
    assertThat(paused.resolveJob()).isEmpty();
    assertThat(paused.replicasNow()).isZero();
    assertThat(story.condition("Ready").reason()).isEqualTo("StoreUnreachable");
    assertThat(story.condition("Stalled").status()).isEqualTo("False");
    assertThat(paused.deadline()).isPresent();

    var second = story.pass(Duration.ofSeconds(5)).plan().resolveJob();
    assertThat(second).isPresent().isNotEqualTo(java.util.Optional.of(first));
  }

  @Test
  void aProcessThatDiesOfTheModelIsAVerdict() {
    story.resolved(job(), 139, "SIGSEGV in libonnxruntime");

    var plan = story.plan();

    assertThat(plan.replicasNow()).isZero();
    assertThat(story.condition("Ready").reason()).isEqualTo("CrashLoop");
    assertThat(story.condition("Ready").message()).contains("139").contains("SIGSEGV");
    assertThat(story.condition("Stalled").status()).isEqualTo("True");
  }

  @Test
  void aCheckThatGetsNoPodHoldsNothingBack() {
    assertThat(story.plan().deadline()).isPresent();

    var plan = story.pass(Duration.ofSeconds(11)).plan();

    assertThat(plan.resolveJob()).isEmpty();
    assertThat(plan.replicasNow()).isEqualTo(2);
  }

  @Test
  void aLaterModelIsLoadedBesideTheFirstWithoutAJob() {
    says(Resolution.tried(PIN, "sha256:ab", MODEL));
    var revision = story.plan().stored().serving().stable().orElseThrow().revision();
    story.ready("pod-a", held(revision, Phase.Serving, "sha256:ab")).plan();

    var plan = story.edit(ON_GPUS.replace("models/a", "models/b")).plan();

    assertThat(plan.resolveJob()).isEmpty();
    assertThat(plan.replicasNow()).isEqualTo(2);
    assertThat(plan.stored().serving().candidate()).isPresent();
    assertThat(plan.stored().record().resolve()).isNull();
  }

  @Test
  void podsThatFailAfterAPassedCheckAreNotCheckedAgain() {
    says(Resolution.tried(PIN, "sha256:ab", MODEL));
    var revision = story.plan().stored().serving().stable().orElseThrow().revision();
    story.notReady("pod-a", failed(revision, Reason.DoesNotFit));

    var plan = story.plan();

    assertThat(plan.resolveJob()).isEmpty();
    assertThat(plan.replicasNow()).isEqualTo(2);
    assertThat(story.condition("Ready").reason()).isEqualTo("DoesNotFit");
  }

  @Test
  void aSuspendedServiceIsNotChecked() {
    var plan = new Story("{model: {uri: 's3://models/a'}, gpu: {}, suspend: true}").plan();
    assertThat(plan.resolveJob()).isEmpty();
  }

  private static Resolution refused(Reason reason, String message) {
    return Resolution.refused(null, new Failure(reason, message));
  }

  private String job() {
    return story.plan().resolveJob().orElseThrow();
  }

  private String says(Resolution verdict) {
    var job = job();
    story.resolved(job, verdict.failure() == null ? 0 : 1, verdict.message());
    return job;
  }
}
