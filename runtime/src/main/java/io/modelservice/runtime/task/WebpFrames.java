package io.modelservice.runtime.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The lossy frames of a WebP file. Each says its own size, which is what the decoder reserves
 * memory for, whatever the header of the file says. The layout is that of RFC 9649, section 2.
 */
final class WebpFrames {
  private static final int RIFF = 12;
  private static final int CHUNK = 8;

  /** In front of the chunks of one frame of an animation. */
  private static final int FRAME = 16;

  /** In a lossy frame, where its width is: behind its tag and its start code. */
  private static final int SIZE = 6;

  /** 14 bits are the width or the height, 2 bits a scale. */
  private static final int SIDE = 0x3FFF;

  private WebpFrames() {}

  /** Pixels of the largest lossy frame; 0 if there is none. */
  static long mostLossyPixels(byte[] encoded, int length) {
    var bytes = ByteBuffer.wrap(encoded, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    var most = 0L;
    for (long at = RIFF; at + CHUNK <= length; ) {
      var name = new String(encoded, (int) at, Integer.BYTES, ISO_8859_1);
      var size = Integer.toUnsignedLong(bytes.getInt((int) at + Integer.BYTES));
      at += CHUNK;
      if (name.equals("VP8 ") && at + SIZE + Integer.BYTES <= length) {
        most = Math.max(most, pixels(bytes, (int) at + SIZE));
      }
      at += name.equals("ANMF") ? FRAME : size + (size & 1);
    }
    return most;
  }

  private static long pixels(ByteBuffer bytes, int at) {
    return (long) (bytes.getShort(at) & SIDE) * (bytes.getShort(at + Short.BYTES) & SIDE);
  }
}
