package io.modelservice.crds.contract;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever meets a reason finds a page that says what to do. */
class ReasonPagesTest {
  private static final Path PAGES = Path.of("../docs/reasons");
  private static final String INDEX = "README.md";

  @Test
  void everyReasonHasAPageAndEveryPageAReason() throws IOException {
    assertThat(pages()).isEqualTo(reasons().map(Reason::name).collect(toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @EnumSource
  void aPageBeginsWithItsReasonAndEndsWithWhatToDo(Reason reason) throws IOException {
    assertThat(Files.readString(PAGES.resolve(reason.name() + ".md")))
        .startsWith("# " + reason.name() + "\n")
        .containsSubsequence("**Shows as**", "**Check**", "**Do**");
  }

  @ParameterizedTest
  @EnumSource
  void theIndexLinksEveryPage(Reason reason) throws IOException {
    assertThat(Files.readString(PAGES.resolve(INDEX)))
        .contains("[" + reason.name() + "](" + reason.name() + ".md)");
  }

  private static Stream<Reason> reasons() {
    return Stream.of(Reason.values());
  }

  private static SortedSet<String> pages() throws IOException {
    try (var files = Files.list(PAGES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(INDEX))
          .map(name -> name.replaceFirst("\\.md$", ""))
          .collect(toCollection(TreeSet::new));
    }
  }
}
