package io.modelservice.runtime.task.audio;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.RequestException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A WAV file (RIFF, little-endian): PCM of 16 bits or float of 32 bits, one channel, or two that
 * are averaged. Samples are read where they lie, without a copy of the file.
 */
final class WavFile implements Sound {
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int SUBFORMAT = 24;
  private static final int LOWEST_RATE = 1_000;
  private static final int HIGHEST_RATE = 384_000;

  private final ByteBuffer data;
  private final Format format;

  /**
   * What the samples are.
   *
   * @param code {@link #PCM} or {@link #FLOAT}
   * @param channels 1 or 2
   */
  private record Format(int code, int channels, int rate) {
    int bytes() {
      return code == PCM ? Short.BYTES : Float.BYTES;
    }
  }

  private WavFile(ByteBuffer data, Format format) {
    this.data = data;
    this.format = format;
  }

  /**
   * Reads a file.
   *
   * @param length bytes of it
   * @throws RequestException if it is none, or of a kind that is not supported
   */
  static WavFile read(byte[] file, int length) throws RequestException {
    var bytes = ByteBuffer.wrap(file, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    if (length < 12 || !tag(bytes).equals("RIFF")) {
      throw bad("the body is not a WAV file");
    }
    bytes.getInt(); // a size that writers to a pipe do not know
    if (!tag(bytes).equals("WAVE")) {
      throw bad("the body is not a WAV file");
    }
    Format format = null;
    while (bytes.remaining() >= 8) {
      var name = tag(bytes);
      var size = Integer.toUnsignedLong(bytes.getInt());
      // a size beyond the end is that of a writer to a pipe, or of a file that was cut off
      var chunk = bytes.slice(bytes.position(), (int) Math.min(size, bytes.remaining()));
      chunk.order(ByteOrder.LITTLE_ENDIAN);
      if (name.equals("fmt ")) {
        format = format(chunk);
      } else if (name.equals("data")) {
        return of(chunk, format);
      }
      bytes.position((int) Math.min(bytes.limit(), bytes.position() + size + (size & 1)));
    }
    throw bad("the WAV file has no samples");
  }

  private static WavFile of(ByteBuffer data, @Nullable Format format) throws RequestException {
    if (format == null) {
      throw bad("the WAV file does not say what its samples are");
    }
    if (data.limit() < format.bytes() * format.channels()) {
      throw bad("the WAV file has no samples");
    }
    return new WavFile(data, format);
  }

  private static Format format(ByteBuffer chunk) throws RequestException {
    if (chunk.limit() < 16) {
      throw bad("the WAV file is damaged: its head is too short");
    }
    var code = Short.toUnsignedInt(chunk.getShort(0));
    if (code == EXTENSIBLE && chunk.limit() >= SUBFORMAT + Short.BYTES) {
      code = Short.toUnsignedInt(chunk.getShort(SUBFORMAT));
    }
    var channels = Short.toUnsignedInt(chunk.getShort(2));
    var rate = chunk.getInt(4);
    var bits = Short.toUnsignedInt(chunk.getShort(14));
    if (!((code == PCM && bits == Short.SIZE) || (code == FLOAT && bits == Float.SIZE))) {
      throw bad(
          "the WAV file has samples of kind %d with %d bits: send PCM of 16 bits or float of 32"
              + " bits",
          code, bits);
    }
    if (channels < 1 || channels > 2) {
      throw bad("the WAV file has %d channels: send one or two", channels);
    }
    if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
      throw bad("the WAV file has a rate of %d Hz, which is no sound's", rate);
    }
    return new Format(code, channels, rate);
  }

  private static String tag(ByteBuffer bytes) {
    var letters = new char[4];
    for (var i = 0; i < letters.length; i++) {
      letters[i] = (char) (bytes.get() & 0xFF);
    }
    return String.valueOf(letters);
  }

  @Override
  public int rate() {
    return format.rate();
  }

  @Override
  public int length() {
    return data.limit() / (format.bytes() * format.channels());
  }

  @Override
  public float at(int index) {
    var first = index * format.channels();
    return format.channels() == 1 ? value(first) : (value(first) + value(first + 1)) / 2;
  }

  private float value(int place) {
    if (format.code() == PCM) {
      return data.getShort(place * Short.BYTES) / 32_768f;
    }
    var value = data.getFloat(place * Float.BYTES);
    return Float.isFinite(value) ? value : 0;
  }
}
