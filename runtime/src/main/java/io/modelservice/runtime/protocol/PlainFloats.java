package io.modelservice.runtime.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads floats in the form in which nearly all of them come, many at a time: up to 18 digits, no
 * exponent, and a comma behind, with one space or none. All others are left to {@link JsonNumber},
 * which takes twice as long.
 */
final class PlainFloats {
  private static final VarHandle BITS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[] TENS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };
  private static final int MOST_DIGITS = 18;
  private static final int MOST_WHOLE_DIGITS = 9;

  /** Bytes that reading one may look at. */
  private static final int LONGEST = 64;

  private static final long NONE = -1;

  private PlainFloats() {}

  /**
   * Reads numbers as long as they are plain, there is room for them and others may come behind.
   *
   * @param memory on the heap; gets 4 bytes for each
   * @return the place behind the last of them and its comma
   */
  static int read(byte[] text, int from, int end, ByteBuffer memory) {
    var floats = memory.array();
    var to = memory.arrayOffset() + memory.position();
    var full = memory.arrayOffset() + memory.limit() - Float.BYTES;
    var at = from;
    while (to <= full && at <= end - LONGEST) {
      var one = one(text, at);
      if (one == NONE) {
        break;
      }
      BITS.set(floats, to, (int) one);
      to += Float.BYTES;
      at = (int) (one >>> Integer.SIZE);
      at = text[at] == ' ' ? at + 1 : at;
    }
    memory.position(to - memory.arrayOffset());
    return at;
  }

  /**
   * The place behind a number and its comma in the upper half, the float's bits in the lower, or
   * none.
   */
  private static long one(byte[] text, int from) {
    var negative = text[from] == '-';
    var first = negative ? from + 1 : from;
    if (!JsonNumber.isDigit(text[first])) {
      return NONE;
    }
    var at = first + 1;
    var mantissa = (long) text[first] - '0';
    for (; JsonNumber.isDigit(text[at]) && at - first < MOST_WHOLE_DIGITS; at++) {
      mantissa = mantissa * 10 + text[at] - '0';
    }
    var sound = text[first] != '0' || at == first + 1;
    var behindPoint = 0;
    if (text[at] == '.') {
      var point = at;
      var chunk = DigitChunk.at(text, point + 1);
      var count = DigitChunk.digits(chunk);
      sound &= count > 0;
      mantissa = mantissa * TENS[count] + DigitChunk.number(chunk, count);
      at += 1 + count;
      for (; JsonNumber.isDigit(text[at]) && at - first <= MOST_DIGITS; at++) {
        mantissa = mantissa * 10 + text[at] - '0';
      }
      behindPoint = at - point - 1;
    }
    return sound && text[at] == ','
        ? packed(negative, JsonNumber.scaled((double) mantissa, behindPoint), at + 1)
        : NONE;
  }

  private static long packed(boolean negative, double value, int behind) {
    if (!JsonNumber.isSure(value)) {
      return NONE;
    }
    var bits = Float.floatToRawIntBits((float) (negative ? -value : value));
    return (long) behind << Integer.SIZE | Integer.toUnsignedLong(bits);
  }
}
