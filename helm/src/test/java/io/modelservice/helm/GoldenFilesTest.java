package io.modelservice.helm;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every set of values in {@code src/test/values} gives what {@code src/test/golden} says. What is
 * rendered lies in {@code target/golden}: copy it over the golden file once it has been reviewed.
 */
class GoldenFilesTest {
  private static final Path VALUES = Path.of("src/test/values");
  private static final Path GOLDEN = Path.of("src/test/golden");
  private static final Path RENDERED = Path.of("target/golden");

  static List<String> names() throws IOException {
    return yamlFiles(VALUES);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theChartRendersWhatTheGoldenFileSays(String name) throws IOException {
    var rendered = withoutCrd(Chart.text(VALUES.resolve(name)));
    Files.writeString(Files.createDirectories(RENDERED).resolve(name), rendered);

    assertThat(GOLDEN.resolve(name)).hasContent(rendered);
  }

  @Test
  void everyGoldenFileHasItsValues() throws IOException {
    assertThat(yamlFiles(GOLDEN)).isEqualTo(names());
  }

  /** The CRD has its own test, and would be most of each file. */
  private static String withoutCrd(String yaml) {
    return Chart.documents(yaml)
        .filter(document -> !document.contains("\nkind: CustomResourceDefinition\n"))
        .collect(joining("---"));
  }

  private static List<String> yamlFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
