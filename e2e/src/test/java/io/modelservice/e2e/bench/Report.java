package io.modelservice.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What one part of the benchmarks measured, as a chapter of Markdown. */
public final class Report {
  private static final String CHAPTER = "(?m)^(?=# )";

  private static final String[] NONE = {};

  private final StringBuilder text;
  private final String title;

  /**
   * An empty chapter.
   *
   * @param title of one line
   * @param setting what was measured, and where
   */
  public Report(String title, String setting) {
    this.title = title;
    this.text =
        new StringBuilder(
            """
            # %s

            %s, on %d shared cores (other work runs beside it: compare lines with each other, not with other machines).
            %s
            """
                .formatted(
                    title,
                    LocalDate.now(ZoneOffset.UTC),
                    Runtime.getRuntime().availableProcessors(),
                    setting));
  }

  /** A table under a heading, with a line about how it was measured. */
  public void table(String title, String how, List<String> head, List<List<String>> rows) {
    var table = new StringBuilder("\n## %s\n\n%s\n\n".formatted(title, how));
    table.append(row(head)).append(row(head.stream().map(cell -> "---").toList()));
    rows.forEach(cells -> table.append(row(cells)));
    System.out.println(table);
    text.append(table);
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /**
   * Puts the chapter into the file, in the place of the one of the same title; others stay.
   *
   * @throws IOException if the file cannot be read or written
   */
  void write(Path file) throws IOException {
    var chapters = new LinkedHashMap<String, String>();
    for (var chapter : Files.exists(file) ? Files.readString(file).split(CHAPTER, 0) : NONE) {
      chapters.put(chapter.lines().findFirst().orElse(""), chapter.strip());
    }
    chapters.put("# " + title, text.toString().strip());
    Files.writeString(file, String.join("\n\n", chapters.values()).strip() + "\n");
  }

  /** With the digits that matter at its size. */
  public static String number(double value) {
    var digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** The middle value; of an even number of values, the mean of the two in the middle. */
  public static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }
}
