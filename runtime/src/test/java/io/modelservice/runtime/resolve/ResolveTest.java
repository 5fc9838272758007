package io.modelservice.runtime.resolve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.Resolution;
import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.WebServer;
import io.modelservice.runtime.command.Misuse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Before a model is deployed, its user asks whether it can be. */
class ResolveTest {
  private static final String NO_TRIAL = "0";
  private static final int LARGE = 64 << 20;

  /** Bytes of number and length of a field of {@link #LARGE} bytes. */
  private static final int FIELD = 6;

  @TempDir Path folder;
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simple",
        "colours",
        "external",
        "identity-bytes",
        "identity-bf16",
        "nonzero",
        "slow",
        "wide",
        "mixing",
        "averages",
        "old-format",
        "liar"
      })
  void aModelThatCanBeServedHasRunAndHasADigest(String name) throws Exception {
    var verdict = resolve(TestModels.uri(name));

    assertThat(verdict.failure()).isNull();
    assertThat(verdict.trial()).isTrue();
    assertThat(verdict.digest()).startsWith("sha256:");
    assertThat(requireNonNull(verdict.model()).inputs()).isNotEmpty();
    assertThat(terminal.toString(UTF_8)).contains("can be served", "digest sha256:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "colours", "external", "identity-bytes", "old-format"})
  void whatTheFileSaysIsWhatTheEngineSees(String name) throws Exception {
    var untried = resolve(TestModels.uri(name), "--trial-limit", NO_TRIAL);

    assertThat(untried.trial()).isFalse();
    assertThat(untried.digest()).isNull();
    assertThat(untried.model()).isEqualTo(resolve(TestModels.uri(name)).model());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "absent, ArtifactNotFound, there is no folder",
        "empty, ModelInvalid, it has no graph",
        "not-onnx, ModelInvalid, damaged or no ONNX file",
        "page, ModelInvalid, damaged or no ONNX file",
        "lfs-pointer, ModelInvalid, Git LFS pointer",
        "no-graph, ModelInvalid, it has no graph",
        "corrupt, ModelInvalid, damaged",
        "huge-weight, ModelInvalid, 'w' is declared as [1099511627776]",
        "overflowing-weight, ModelInvalid, 'w' is declared as",
        "negative-weight, ModelInvalid, 'w' is declared as [-4]",
        "deep-weight, ModelInvalid, more than 64 dimensions",
        "nested, ModelInvalid, nested too deeply",
        "external-missing, ArtifactInvalid, absent.bin",
        "external-outside, ModelInvalid, outside its artifact",
        "external-absolute, ModelInvalid, outside its artifact",
        "no-inputs, ModelInvalid, no inputs",
        "no-outputs, ModelInvalid, no outputs",
        "newer-format, ModelUnsupported, IR version 14",
        "unknown-domain, ModelUnsupported, com.example",
        "float8, ModelUnsupported, 'in' has element type 17",
        "sequence, ModelUnsupported, 'out' is no tensor",
      })
  void whatCannotBeServedIsKnownWithoutReadingItsWeights(String name, Reason reason, String part)
      throws Exception {
    assertRefused(resolve(TestModels.uri(name), "--trial-limit", NO_TRIAL), reason, part);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "cycle, ModelInvalid, cycl",
        "external-short, ModelInvalid, External initializer: w",
        "sizes-differ, ModelInvalid, MatMul",
        "unmade-output, ModelInvalid, out",
        "unknown-operator, ModelUnsupported, Telepathy",
        "unknown-opset, ModelUnsupported, opset",
      })
  void whatOnlyTheEngineKnowsIsFoundByATrial(String name, Reason reason, String part)
      throws Exception {
    assertRefused(resolve(TestModels.uri(name)), reason, part);
  }

  @Test
  void aTaskIsTriedWithItsFiles() throws Exception {
    assertRefused(
        resolve(TestModels.uri("simple"), "--task", "image-classification"),
        Reason.LabelsMissing,
        "labels.txt");
  }

  @Test
  void ofALargeFileOnlyTheGraphIsRead() throws Exception {
    try (var web = new WebServer()) {
      web.put("/large.onnx", TestModels.behind(new byte[LARGE], "simple"));

      var verdict = resolve(web.uri("/large.onnx"), "--trial-limit", "1");

      assertThat(verdict.failure()).isNull();
      assertThat(requireNonNull(verdict.model()).inputs()).hasSize(2);
      assertThat(web.requests())
          .containsExactly(
              "HEAD /large.onnx",
              "GET /large.onnx",
              "GET /large.onnx bytes=%d-".formatted(LARGE + FIELD));
    }
  }

  @Test
  void aServerThatKnowsNoRangesIsReadThrough() throws Exception {
    try (var web = new WebServer()) {
      web.put("/large.onnx", TestModels.behind(new byte[LARGE], "simple"));
      web.forgetRanges();

      var verdict = resolve(web.uri("/large.onnx"), "--trial-limit", "1");

      assertThat(requireNonNull(verdict.model()).inputs()).hasSize(2);
    }
  }

  @Test
  void aSignatureInTheQueryOfAUriIsNotTold() throws Exception {
    resolve("http://localhost:1/model.onnx?signature=secret");

    assertThat(terminal.toString(UTF_8)).contains("StoreUnreachable").doesNotContain("secret");
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws Exception {
    resolve(TestModels.uri("simple"));

    assertThat(Path.of(System.getProperty("java.io.tmpdir")))
        .isDirectoryNotContaining("glob:**/resolve*");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", needs the URI",
        "--result, needs the URI",
        "s3://a/b s3://c/d, 's3://c/d' is not understood",
        "s3://a/b --force, '--force' is not understood",
        "s3://a/b --task magic, --task needs one of image-classification",
        "s3://a/b --trial-limit -1, --trial-limit needs a number from 0 to 1048576",
      })
  void whatMakesNoSenseIsToldInOneSentence(String arguments, String part) {
    assertThatThrownBy(() -> ResolveCommand.parse(arguments.split(" ")))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }

  private static void assertRefused(Resolution verdict, Reason reason, String part) {
    var failure = requireNonNull(verdict.failure());
    assertThat(failure.reason()).as(failure.message()).isEqualTo(reason);
    assertThat(failure.message()).contains(part);
    assertThat(verdict.digest()).isNull();
  }

  private Resolution resolve(String uri, String... options) throws Exception {
    var result = folder.resolve("verdict.json");
    var arguments = new String[options.length + 3];
    arguments[0] = uri;
    arguments[1] = "--result";
    arguments[2] = result.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    var resolve = new Resolve(Map.of(), new PrintStream(terminal, true, UTF_8));
    var served = resolve.run(ResolveCommand.parse(arguments));
    var verdict = new JsonMapper().readValue(Files.readString(result), Resolution.class);
    assertThat(served).isEqualTo(verdict.failure() == null);
    return verdict;
  }
}
