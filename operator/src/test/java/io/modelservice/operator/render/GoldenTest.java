package io.modelservice.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.modelservice.operator.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
    var plan = story.plan();
    compare(scenario, "out-deployment.yaml", DeploymentRenderer.renderNew(story.service(), plan));
    compare(scenario, "out-service.yaml", ServiceRenderer.render(story.service()));
    compare(scenario, "out-plan.yaml", PlanConfigMap.render(story.service(), plan.stored()));
  }

  private static void compare(Path scenario, String name, Object object) throws IOException {
    var actual = ACTUAL.resolve(scenario.getFileName()).resolve(name);
    Files.createDirectories(actual.getParent());
    Files.writeString(actual, Serialization.asYaml(object));
    assertThat(Files.readString(actual))
        .as("to accept: cp operator/%s operator/%s", actual, scenario.resolve(name))
        .isEqualTo(
            Files.exists(scenario.resolve(name)) ? Files.readString(scenario.resolve(name)) : "");
  }
}
