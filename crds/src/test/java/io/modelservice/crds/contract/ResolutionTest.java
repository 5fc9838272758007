package io.modelservice.crds.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.PodState.ModelInfo;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A verdict must fit into what the kubelet keeps of a container's last words. */
class ResolutionTest {
  private static final SourcePin PIN = pin(2);

  @Test
  void aSmallVerdictIsToldWhole() throws IOException {
    var verdict = Resolution.tried(PIN, "sha256:ab", model(2, "x"));

    assertThat(read(verdict)).isEqualTo(verdict);
    assertThat(verdict.truncated()).isFalse();
  }

  @Test
  void ofManyTensorsTheFirstSixteenAreTold() throws IOException {
    var read = read(Resolution.untried(PIN, model(200, "x")));

    assertThat(read.truncated()).isTrue();
    assertThat(requireNonNull(read.model()).inputs()).hasSize(16);
    assertThat(read.pin()).isEqualTo(PIN);
  }

  @Test
  void ofManyFilesOnlyTheCommitIsTold() throws IOException {
    var read = read(Resolution.tried(pin(1000), "sha256:ab", model(2, "x")));

    assertThat(read.truncated()).isTrue();
    assertThat(read.digest()).isEqualTo("sha256:ab");
    assertThat(read.pin()).isEqualTo(new SourcePin(List.of(), "0123"));
    assertThat(read.model()).isNotNull();
  }

  @Test
  void theReasonIsToldHoweverLongTheRestIs() throws IOException {
    var failure = new Failure(Reason.ModelInvalid, "ä".repeat(5000));
    var read = read(new Resolution(1, PIN, null, model(3, "n".repeat(4000)), failure, true, false));

    var told = requireNonNull(read.failure());
    assertThat(told.reason()).isEqualTo(Reason.ModelInvalid);
    assertThat(told.message()).startsWith("äää").endsWith("…").hasSize(1024);
    assertThat(read.truncated()).isTrue();
  }

  private static SourcePin pin(int files) {
    return new SourcePin(
        IntStream.range(0, files)
            .mapToObj(i -> new SourcePin.File("file-" + i, 10, "etag"))
            .toList(),
        "0123");
  }

  private static ModelInfo model(int tensors, String name) {
    var all =
        IntStream.range(0, tensors)
            .mapToObj(i -> new Tensor(name + i, "FP32", List.of(-1L, 3L)))
            .toList();
    return new ModelInfo(100, "onnx", 17, all, all, 1 << 20);
  }

  private static Resolution read(Resolution verdict) throws IOException {
    var message = verdict.message();
    assertThat(message.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(Resolution.LONGEST_MESSAGE);
    return new JsonMapper().readValue(message, Resolution.class);
  }
}
