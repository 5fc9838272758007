package io.modelservice.runtime.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.runtime.protocol.RequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images are read as Pillow reads them; what is no image is refused. */
class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  static Stream<String> images() throws IOException {
    var names = PillowVectors.read("decode.json").get("images").fieldNames();
    return StreamSupport.stream(((Iterable<String>) () -> names).spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyKindOfImageGivesPillowsPixels(String name) throws Exception {
    var encoded = PillowVectors.image(name);
    var expected = PillowVectors.pixels(PillowVectors.read("decode.json").get("images").get(name));

    var decoded = decoder.decode(encoded, encoded.length);

    // two JPEG decoders may round differently, by one level in YCbCr and twice that in RGB
    var tolerance = name.endsWith(".jpg") ? 2 : 0;
    assertThat(decoded.width()).isEqualTo(expected.width());
    assertThat(PillowVectors.difference(decoded, expected)).isLessThanOrEqualTo(tolerance);
  }

  @Test
  void textIsNoImage() {
    assertRefused("just a sentence".getBytes(UTF_8), 400, "not a JPEG or PNG");
  }

  @Test
  void anImageThatEndsInItsMiddleIsRefused() throws IOException {
    var png = PillowVectors.image("rgb.png");
    assertRefused(Arrays.copyOf(png, png.length / 2), 400, "damaged");
  }

  @Test
  void aHugeImageIsRefusedByItsHeaderBeforeItIsDecoded() throws IOException {
    var png = PillowVectors.image("rgb.png");
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000); // width and height of IHDR
    assertRefused(png, 413, "3600000000 pixels");
  }

  private void assertRefused(byte[] body, int status, String part) {
    assertThatThrownBy(() -> decoder.decode(body, body.length))
        .asInstanceOf(type(RequestException.class))
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(status))
        .satisfies(refused -> assertThat(refused.line()).contains(part));
  }
}
