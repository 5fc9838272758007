package io.modelservice.runtime.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.runtime.protocol.RequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

    assertThat(decoded.width()).isEqualTo(expected.width());
    assertThat(PillowVectors.difference(decoded, expected)).isLessThanOrEqualTo(tolerance(name));
  }

  private static int tolerance(String name) {
    if (name.endsWith(".jpg")) {
      return 2; // two decoders may round differently, by one level in YCbCr and twice that in RGB
    }
    // Pillow smooths the halved colours of a lossy WebP; in these waves of few pixels one sees it
    return name.startsWith("lossy") ? 30 : 0;
  }

  @Test
  void aHugeWebpIsRefusedByItsHeaderBeforeItIsDecoded() throws IOException {
    var webp = PillowVectors.image("lossless.webp");
    ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(21, 0x0FFF_FFFF); // 14 bits each
    assertRefused(webp, 413, "268435456 pixels");
  }

  @Test
  void aWebpWhoseFrameIsLargerThanItsHeaderSaysIsRefused() throws IOException {
    var webp = PillowVectors.image("lossy-see-through.webp");
    var frame = new String(webp, ISO_8859_1).indexOf("VP8 ");
    ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(frame + 14, 0x3FFF_3FFF);
    assertRefused(webp, 413, "268402689 pixels");
  }

  @Property(tries = 1_000)
  void noBytesOfAWebpDoHarm(@ForAll long seed, @ForAll("webps") String name) throws IOException {
    var random = new Random(seed);
    var webp = PillowVectors.image(name);
    for (var damage = 0; damage < 5; damage++) {
      webp[random.nextInt(webp.length)] = (byte) random.nextInt(256);
    }
    try {
      assertThat(decoder.decode(webp, webp.length - random.nextInt(20)).width()).isPositive();
    } catch (RequestException e) {
      assertThat(e.status()).isIn(400, 413);
    }
  }

  @Provide
  Arbitrary<String> webps() {
    return Arbitraries.of("lossless.webp", "lossy.webp", "lossy-see-through.webp");
  }

  @Test
  void textIsNoImage() {
    assertRefused("just a sentence".getBytes(UTF_8), 400, "not a JPEG, PNG or WebP");
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
