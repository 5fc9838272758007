package io.modelservice.operator.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.modelservice.operator.Story;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.render.PodTemplateRenderer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplatePolicyTest {
  private static final String SPEC = "{model: {uri: 's3://models/a'}}";
  private static final String ON_A_CLAIM = "{model: {uri: 'pvc://models/a'}}";

  @Test
  void aNewOperatorsDefaultImageReplacesNoPod() {
    var story = new Story(SPEC);
    var stored = story.plan().template();
    var next = new TemplatePolicy(new PodTemplateRenderer("localhost/modelservice/runtime:next"));
    assertThat(next.choose(story.service(), with(stored))).isSameAs(stored);
  }

  @Test
  void itsNewImageComesWithTheNextChangeOfTheTemplate() {
    var story = new Story(SPEC);
    var stored = story.plan().template();
    story.edit("{model: {uri: 's3://models/a'}, pod: {restartedAt: now}}");
    var next =
        new TemplatePolicy(new PodTemplateRenderer("localhost/modelservice/runtime:next"))
            .choose(story.service(), with(stored));
    assertThat(next.name()).isEqualTo("espresso-template-2");
    assertThat(next.pod().getSpec().getContainers().getFirst().getImage())
        .isEqualTo("localhost/modelservice/runtime:next");
  }

  @Test
  void modelAndReplicasAreNoPartOfTheTemplate() {
    var story = new Story(SPEC);
    var stored = story.plan().template();
    var plan =
        story
            .edit(
                "{model: {uri: 's3://models/b', task: image-classification}, replicas: 5, runtime:"
                    + " {instances: 2, timeout: 5s, batching: {maxSize: 4}, queue: {maxWait: 1s}}}")
            .plan();
    assertThat(plan.template()).isEqualTo(stored);
  }

  @Test
  void aNewTemplateReservesMemoryForTheKnownModelTwice() {
    var story = new Story(SPEC);
    var first = story.plan().template();
    assertThat(memory(first)).isEqualTo(new Quantity("384Mi"));

    story.serve(100L * 1024 * 1024);
    assertThat(story.plan().template()).isEqualTo(first);

    story.edit("{model: {uri: 's3://models/a'}, pod: {restartedAt: now}}");
    assertThat(memory(story.plan().template())).isEqualTo(new Quantity("456Mi"));
  }

  @Test
  void aModelOnAClaimGetsItMountedToBeReadOnly() {
    var template = new Story(ON_A_CLAIM).plan().template();

    assertThat(claims(template)).containsExactly("models");
    var container = template.pod().getSpec().getContainers().getFirst();
    assertThat(container.getVolumeMounts())
        .anySatisfy(
            mount -> {
              assertThat(mount.getMountPath()).isEqualTo("/mnt/claims/models");
              assertThat(mount.getReadOnly()).isTrue();
            });
  }

  @Test
  void anotherFolderOfTheClaimReplacesNoPod() {
    var story = new Story(ON_A_CLAIM);
    var stored = story.plan().template();
    var next = story.edit(ON_A_CLAIM.replace("/a", "/b")).plan().template();
    assertThat(next).isEqualTo(stored);
  }

  @Test
  void untilTheModelOfAnotherClaimHasTakenOverBothAreMounted() {
    var story = new Story(ON_A_CLAIM);
    story.plan();
    story.serve(1 << 20);

    var both = story.edit(ON_A_CLAIM.replace("models", "newer")).plan().template();

    assertThat(claims(both)).containsExactly("models", "newer");
  }

  @Test
  void aClaimThatIsNoLongerNeededStaysMountedUntilTheNextTemplate() {
    var story = new Story(ON_A_CLAIM);
    var stored = story.plan().template();
    var next = story.edit(SPEC).plan().template();
    assertThat(next).isEqualTo(stored);
    assertThat(
            claims(story.edit(SPEC.replace("}}", "}, pod: {restartedAt: now}}")).plan().template()))
        .isEmpty();
  }

  private static List<String> claims(Template template) {
    return template.pod().getSpec().getVolumes().stream()
        .filter(volume -> volume.getPersistentVolumeClaim() != null)
        .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .toList();
  }

  private static Quantity memory(Template template) {
    var container = template.pod().getSpec().getContainers().getFirst();
    return requireNonNull(container.getResources().getRequests().get("memory"));
  }

  private static Observation with(Template template) {
    return new Observation(
        Optional.empty(), Optional.empty(), List.of(template), List.of(), List.of());
  }
}
