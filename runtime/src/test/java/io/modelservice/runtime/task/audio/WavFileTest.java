package io.modelservice.runtime.task.audio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelservice.runtime.protocol.RequestException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** WAV files: what they hold, and that no bytes do harm. */
class WavFileTest {
  private static final int HEAD = 44;

  @Test
  void samplesAreReadAsTheyAre() throws Exception {
    var wav = wav(1, 1, 16_000, 16, new short[] {0, 16_384, -32_768});
    var sound = WavFile.read(wav, wav.length);
    assertThat(sound.rate()).isEqualTo(16_000);
    assertThat(sound.length()).isEqualTo(3);
    assertThat(new float[] {sound.at(0), sound.at(1), sound.at(2)}).containsExactly(0, 0.5f, -1);
  }

  @Test
  void twoChannelsAreAveraged() throws Exception {
    var wav = wav(1, 2, 8_000, 16, new short[] {16_384, 0, -8_192, -8_192});
    var sound = WavFile.read(wav, wav.length);
    assertThat(sound.length()).isEqualTo(2);
    assertThat(new float[] {sound.at(0), sound.at(1)}).containsExactly(0.25f, -0.25f);
  }

  @Test
  void aSizeThatWasNotKnownWhenItWasWrittenMeansAllThatIsThere() throws Exception {
    var wav = wav(1, 1, 16_000, 16, new short[] {1, 2, 3});
    ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(HEAD - 4, -1);
    assertThat(WavFile.read(wav, wav.length).length()).isEqualTo(3);
  }

  @Test
  void whatIsNotSupportedIsNamed() {
    assertRefused("not a WAV file", "ID3 something else".getBytes(UTF_8));
    assertRefused("kind 1 with 24 bits", wav(1, 1, 16_000, 24, new short[4]));
    assertRefused("kind 6 with 8 bits", wav(6, 1, 16_000, 8, new short[4]));
    assertRefused("6 channels", wav(1, 6, 16_000, 16, new short[12]));
    assertRefused("0 channels", wav(1, 0, 16_000, 16, new short[12]));
    assertRefused("rate of 0 Hz", wav(1, 1, 0, 16, new short[4]));
    assertRefused("rate of -1 Hz", wav(1, 1, -1, 16, new short[4]));
    assertRefused("no samples", wav(1, 1, 16_000, 16, new short[0]));
    assertRefused("no samples", Arrays.copyOf(wav(1, 1, 16_000, 16, new short[4]), 36));
  }

  @Property(tries = 2_000)
  void noBytesDoHarm(@ForAll("files") byte[] file) {
    try {
      var sound = WavFile.read(file, file.length);
      assertThat(sound.length()).isBetween(1, file.length);
      assertThat(sound.at(0)).isFinite();
      assertThat(sound.at(sound.length() - 1)).isFinite();
    } catch (RequestException e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }

  /** Files with some bytes changed, cut anywhere. */
  @Provide
  Arbitrary<byte[]> files() {
    var changes =
        Arbitraries.maps(Arbitraries.integers().between(0, HEAD + 15), Arbitraries.bytes())
            .ofMaxSize(6);
    return Combinators.combine(
            Arbitraries.of(1, 3, 0xFFFE),
            Arbitraries.of(16, 32),
            changes,
            Arbitraries.integers().between(0, HEAD + 16))
        .as(
            (code, bits, changed, length) -> {
              var file = wav(code, 1, 16_000, bits, new short[8]);
              changed.forEach((at, value) -> file[at] = value);
              return Arrays.copyOf(file, length);
            });
  }

  private static void assertRefused(String part, byte[] file) {
    assertThatThrownBy(() -> WavFile.read(file, file.length))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining(part);
  }

  static byte[] wav(int code, int channels, int rate, int bits, short[] samples) {
    var bytes = ByteBuffer.allocate(HEAD + samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(UTF_8)).putInt(bytes.capacity() - 8);
    bytes.put("WAVEfmt ".getBytes(UTF_8)).putInt(16);
    bytes.putShort((short) code).putShort((short) channels).putInt(rate);
    bytes.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    bytes.putShort((short) bits);
    bytes.put("data".getBytes(UTF_8)).putInt(samples.length * 2);
    for (var sample : samples) {
      bytes.putShort(sample);
    }
    return bytes.array();
  }
}
