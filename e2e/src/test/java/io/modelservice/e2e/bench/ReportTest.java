package io.modelservice.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The results of the parts are in one file, whichever was measured last. */
class ReportTest {
  @TempDir Path folder;

  @Test
  void aPartThatIsMeasuredAgainLeavesTheOtherAsItIs() throws IOException {
    var file = folder.resolve("RESULTS.md");
    write(file, "Measured", "old");
    write(file, "Measured: servers", "other");

    write(file, "Measured", "new");

    assertThat(Files.readString(file))
        .contains("| new |", "| other |")
        .doesNotContain("| old |")
        .containsSubsequence("# Measured\n", "# Measured: servers\n");
  }

  private static void write(Path file, String title, String cell) throws IOException {
    var report = new Report(title, "A setting.");
    report.table("Table", "How.", List.of("what"), List.of(List.of(cell)));
    report.write(file);
  }
}
