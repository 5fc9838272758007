package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.e2e.cluster.Command;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API server itself accepts what a user may write and says what is wrong with the rest. */
@OnCluster
@Tag("skeleton")
class ApiCorpusIT {
  private static final Path CORPUS = Path.of("src/test/resources/crd");
  private static final String EXPECT = "# expect: ";

  @ParameterizedTest
  @MethodSource("valid")
  void acceptsAValidService(Path file, Space space) {
    var result = apply(space, file);

    assertThat(result.status()).as(result.errors()).isZero();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesAnInvalidServiceAndSaysWhatToDo(Path file, Space space) throws IOException {
    var firstLine = Files.readAllLines(file).getFirst();

    var result = apply(space, file);

    assertThat(firstLine).startsWith(EXPECT);
    assertThat(result.status()).as("kubectl's exit status").isNotZero();
    assertThat(result.errors()).contains(firstLine.substring(EXPECT.length()));
  }

  static List<Path> valid() throws IOException {
    return files("valid-");
  }

  static List<Path> invalid() throws IOException {
    return files("invalid-");
  }

  private static List<Path> files(String prefix) throws IOException {
    try (var files = Files.list(CORPUS)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static Command.Result apply(Space space, Path file) {
    return Command.attempt(
        "",
        "kubectl",
        "--namespace",
        space.name(),
        "create",
        "--dry-run=server",
        "--validate=strict",
        "--filename",
        file.toString());
  }
}
