package io.modelservice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelservice.runtime.protocol.RequestException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A small file must not keep a core busy with pixels that it does not have. */
class ImageBytesTest {
  /** Found by fuzzing: 653 bytes that declare 65,536 groups of codes. */
  private static final Path ENDLESS =
      Path.of("src/test/fuzz/images/webp-that-ends-before-its-codes");

  @Test
  void aLookBeyondTheEndIsAllowedAndASiegeIsNot() throws IOException {
    try (var bytes = new ImageBytes(new byte[] {1}, 1)) {
      assertThat(bytes.read()).isEqualTo(1);
      for (var look = 0; look < 1024; look++) {
        assertThat(bytes.read()).isEqualTo(-1);
      }
      assertThatThrownBy(bytes::readByte)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(EOFException.class);
    }
  }

  @Test
  void anImageThatEndsBeforeItsPixelsIsDamaged() throws IOException {
    var image = Files.readAllBytes(ENDLESS);
    assertThatThrownBy(() -> new ImageDecoder().decode(image, image.length))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("damaged image");
  }
}
