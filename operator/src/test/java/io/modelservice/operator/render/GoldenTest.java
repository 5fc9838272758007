package io.modelservice.operator.render;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.modelservice.operator.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    var plan = story.plan();
    var written =
        Map.of(
            "out-deployment.yaml", DeploymentRenderer.renderNew(story.service(), plan),
            "out-service.yaml", ServiceRenderer.render(story.service()),
            "out-peers.yaml", PeersServiceRenderer.render(story.service()),
            "out-plan.yaml", PlanConfigMap.render(story.service(), plan.stored()));
    var softly = new SoftAssertions();
    for (var object : written.entrySet()) {
      compare(softly, scenario.resolve(object.getKey()), Serialization.asYaml(object.getValue()));
    }
    softly.assertAll();
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
