package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.modelservice.operator.Story;
import io.modelservice.operator.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One folder a scenario: {@code in-spec.yaml} is the spec, the {@code out-*} all we would write.
 */
class GoldenTest {
  private static final Path SCENARIOS = Path.of("src/test/resources/render");
  private static final Path ACTUAL = Path.of("target/golden");

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    List<Path> folders;
    try (var list = Files.list(SCENARIOS)) {
      folders = list.sorted().toList();
    }
    return folders.stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path scenario) throws IOException {
    var story = new Story(Files.readString(scenario.resolve("in-spec.yaml")));
    var written = new TreeMap<String, HasMetadata>();
    var plan = story.plan();
    if (plan.resolveJob().isPresent()) {
      var job = plan.resolveJob().get();
      written.put("out-resolve.yaml", resolve(story, plan, job));
      plan = story.resolved(job, 0, "").plan();
    }
    written.put("out-deployment.yaml", DeploymentRenderer.renderNew(story.service(), plan));
    written.put("out-service.yaml", ServiceRenderer.render(story.service()));
    written.put("out-plan.yaml", PlanConfigMap.render(story.service(), plan.stored()));
    written.put("out-peers.yaml", PeersServiceRenderer.render(story.service()));
    var softly = new SoftAssertions();
    for (var object : written.entrySet()) {
      compare(softly, scenario.resolve(object.getKey()), Serialization.asYaml(object.getValue()));
    }
    softly.assertAll();
  }

  private static HasMetadata resolve(Story story, Plan plan, String job) {
    var stable = plan.stored().serving().stable().orElseThrow();
    return ResolveJob.render(story.service(), job, stable, plan.template());
  }

  private static void compare(SoftAssertions softly, Path golden, String yaml) throws IOException {
    var actual = ACTUAL.resolve(SCENARIOS.relativize(golden));
    Files.createDirectories(actual.getParent());
    Files.writeString(actual, yaml);
    softly
        .assertThat(yaml)
        .as("to accept: cp operator/%s operator/%s", actual, golden)
        .isEqualTo(Files.exists(golden) ? Files.readString(golden) : "");
  }
}
