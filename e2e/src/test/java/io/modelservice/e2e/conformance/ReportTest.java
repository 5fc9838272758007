package io.modelservice.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reader and a program see of a run. */
class ReportTest {
  private static final Level BINARY = new Level.Announced("binary_tensor_data");

  @Test
  void theTableHasAlignedColumnsAndEndsWithTheCounts() {
    var report =
        report(
            result("infer", new Level.Required(), "flat data", new Verdict.Passed()),
            result("infer", new Level.Required(), "the id", new Verdict.Failed("id is 3, not 4")),
            result("binary", BINARY, "binary in", new Verdict.NotOffered("404")));

    assertThat(report.table())
        .isEqualTo(
            """
            CHAPTER  LEVEL               CHECK      RESULT
            infer    REQUIRED            flat data  passed
            infer    REQUIRED            the id     FAILED       id is 3, not 4
            binary   binary_tensor_data  binary in  not offered  404

            triton 2.60: 3 checks: 1 passed, 1 failed (1 of them required), 1 not offered
            """);
  }

  @Test
  void theMachineFormHasEveryCheckWithItsReason() {
    var report =
        report(
            result("infer", new Level.Required(), "flat data", new Verdict.Passed()),
            result("binary", BINARY, "binary in", new Verdict.NotOffered("404")));

    assertThat(report.json().toPrettyString())
        .isEqualToIgnoringWhitespace(
            """
            {"server": {"name": "triton", "version": "2.60"},
             "conforms": true,
             "checks": [
               {"chapter": "infer", "level": "required", "name": "flat data", "result": "passed"},
               {"chapter": "binary", "level": "extension", "name": "binary in",
                "extension": "binary_tensor_data", "result": "notOffered", "reason": "404"}]}
            """);
  }

  @Test
  void onlyARequiredCheckThatFailedBreaksTheProtocol() {
    var failed = new Verdict.Failed("why");

    assertThat(report(result("binary", BINARY, "binary in", failed)).conforms()).isTrue();
    assertThat(report(result("infer", new Level.Required(), "id", failed)).conforms()).isFalse();
  }

  private static Report report(Result... results) {
    var server = JsonNodeFactory.instance.objectNode().put("name", "triton").put("version", "2.60");
    return new Report(server, List.of(results));
  }

  private static Result result(String chapter, Level level, String name, Verdict verdict) {
    return new Result(chapter, new Check(level, name, () -> {}), verdict);
  }
}
