package io.modelservice.runtime.fuzz;

import static java.util.Locale.ROOT;

import com.google.errorprone.annotations.Immutable;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.runtime.grpc.GrpcMessages;
import io.modelservice.runtime.plan.PlanCheck;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All parsers. Each has its seeds in {@code src/test/fuzz}, in the folder of its name: good inputs,
 * and those that once were findings.
 */
enum Parsers {
  JSON(60_000, RestRequests::json, ""),
  BINARY(60_000, RestRequests::binary, ""),
  PREDICT(60_000, RestRequests::predict, ""),
  TEXTS(60_000, RestRequests::texts, ""),
  GRPC(60_000, () -> Inferences.by(new GrpcMessages()), ""),
  IMAGES(20_000, TaskRequests::images, "vectors/*.{png,jpg,webp}"),
  SOUNDS(30_000, TaskRequests::sounds, ""),
  ONNX(30_000, ArtifactFiles::onnx, "models/*/model.onnx"),
  PREPROCESSOR(
      1_000,
      () -> ArtifactFiles.of(Task.IMAGE_CLASSIFICATION, "colours", "preprocessor_config.json"),
      "models/*/preprocessor_config.json"),
  CONFIG(
      3_000,
      () ->
          ArtifactFiles.of(
              Task.TEXT_CLASSIFICATION,
              "opinions",
              "config.json",
              "tokenizer_config.json",
              "sentence_bert_config.json"),
      "models/*/config.json"),
  TOKENIZER(
      3_000,
      () -> ArtifactFiles.of(Task.TEXT_CLASSIFICATION, "opinions", "tokenizer.json"),
      "models/*/tokenizer.json"),
  PLAN(30_000, () -> Parsers::plan, "");

  private static final Path TESTS = Path.of("src/test");
  private static final int DEEPEST = 3;

  private final int tries;
  private final Maker maker;
  private final String others;

  /** Makes the parser. */
  @FunctionalInterface
  @Immutable
  private interface Maker {
    Parser make() throws Exception;
  }

  /**
   * A parser.
   *
   * @param tries of each run of the tests
   * @param others a glob of more files that are good inputs, below {@code src/test}
   */
  Parsers(int tries, Maker maker, String others) {
    this.tries = tries;
    this.maker = maker;
    this.others = others;
  }

  int tries() {
    return tries;
  }

  Parser open() throws Exception {
    return maker.make();
  }

  /** Its seeds, in an order that is always the same. */
  List<byte[]> seeds() throws IOException {
    var own =
        FileSystems.getDefault().getPathMatcher("glob:fuzz/" + name().toLowerCase(ROOT) + "/*");
    var more = FileSystems.getDefault().getPathMatcher("glob:" + others);
    var seeds = new ArrayList<byte[]>();
    try (var files = Files.walk(TESTS, DEEPEST)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var path = TESTS.relativize(file);
        if (own.matches(path) || more.matches(path)) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return seeds;
  }

  private static Optional<String> plan(byte[] input) {
    try {
      return PlanCheck.problem(ContractJson.readPlan(input));
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
