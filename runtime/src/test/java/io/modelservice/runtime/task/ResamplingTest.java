package io.modelservice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Resizing gives Pillow's pixels, bit by bit. */
class ResamplingTest {

  static Stream<JsonNode> results() throws IOException {
    return StreamSupport.stream(
        PillowVectors.read("resize.json").get("results").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("results")
  void everyFilterGivesPillowsPixels(JsonNode result) throws IOException {
    var source = PillowVectors.pixels(PillowVectors.read("resize.json").get("source"));
    var expected = PillowVectors.pixels(result);
    var filter = Resampling.of(result.get("number").asInt()).orElseThrow();

    var resized = filter.resize(source, expected.width(), expected.height());

    assertThat(filter.name()).isEqualTo(result.get("filter").asText());
    assertThat(resized.rgb()).isEqualTo(expected.rgb());
  }
}
