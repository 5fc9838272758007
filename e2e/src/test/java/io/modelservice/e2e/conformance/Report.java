package io.modelservice.e2e.conformance;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What came of a run.
 *
 * @param server the server's own metadata
 * @param results in the order of the run
 */
record Report(JsonNode server, List<Result> results) {
  private static final List<String> HEAD = List.of("CHAPTER", "LEVEL", "CHECK", "RESULT", "");

  /** Whether the server keeps the protocol. */
  boolean conforms() {
    return results.stream().noneMatch(Result::breaksProtocol);
  }

  /** Where the server breaks the protocol: check and reason. */
  List<String> failures() {
    return results.stream()
        .filter(Result::breaksProtocol)
        .map(result -> result.check().name() + ": " + result.why())
        .toList();
  }

  /** The results for a reader: aligned columns, then one line of counts. */
  String table() {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    results.forEach(result -> rows.add(row(result)));
    var widths =
        IntStream.range(0, HEAD.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    var lines = rows.stream().map(row -> line(row, widths)).collect(joining("\n"));
    return lines + "\n\n" + summary() + "\n";
  }

  private static List<String> row(Result result) {
    var word =
        switch (result.verdict()) {
          case Verdict.Passed() -> "passed";
          case Verdict.Failed _ -> "FAILED";
          case Verdict.NotOffered _ -> "not offered";
        };
    var check = result.check();
    return List.of(result.chapter(), check.level().label(), check.name(), word, result.why());
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> row.get(column) + " ".repeat(widths[column] - row.get(column).length()))
        .collect(joining("  "))
        .stripTrailing();
  }

  private String summary() {
    return "%s %s: %d checks: %d passed, %d failed (%d of them required), %d not offered"
        .formatted(
            server.path("name").asText("unknown server"),
            server.path("version").asText(""),
            results.size(),
            count(Result::passed),
            count(Result::failed),
            count(Result::breaksProtocol),
            count(result -> !result.passed() && !result.failed()));
  }

  private long count(Predicate<Result> which) {
    return results.stream().filter(which).count();
  }

  /** The results for a program. */
  JsonNode json() {
    var report = JsonNodeFactory.instance.objectNode();
    report.set("server", server);
    report.put("conforms", conforms());
    var checks = report.putArray("checks");
    results.forEach(result -> checks.add(json(result)));
    return report;
  }

  private static JsonNode json(Result result) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("chapter", result.chapter())
            .put(
                "level",
                result.check().level() instanceof Level.Required ? "required" : "extension")
            .put("name", result.check().name());
    if (!(result.check().level() instanceof Level.Required)) {
      node.put("extension", result.check().level().label());
    }
    return switch (result.verdict()) {
      case Verdict.Passed() -> node.put("result", "passed");
      case Verdict.Failed(var why) -> node.put("result", "failed").put("reason", why);
      case Verdict.NotOffered(var why) -> node.put("result", "notOffered").put("reason", why);
    };
  }
}
