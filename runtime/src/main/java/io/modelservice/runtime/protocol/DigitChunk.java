package io.modelservice.runtime.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of a text at once, the first in the lowest byte. */
final class DigitChunk {
  static final int BYTES = Long.BYTES;

  private static final VarHandle CHUNK =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ZEROS = 0x3030303030303030L;
  private static final long ABOVE_NINE = 0x4646464646464646L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long TWO_PAIRS = 0x000000FF000000FFL;

  private DigitChunk() {}

  /** The eight bytes that begin at a place. */
  static long at(byte[] text, int place) {
    return (long) CHUNK.get(text, place);
  }

  /** How many of them are '0' to '9' before the first that is not. */
  static int digits(long chunk) {
    var others = (chunk | (chunk + ABOVE_NINE) | (chunk - ZEROS)) & HIGH_BITS;
    return Long.numberOfTrailingZeros(others) / Byte.SIZE;
  }

  /**
   * The number that the first of them make: pairs, then fours, then all (D. Lemire, "Quickly
   * parsing eight digits", 2022), with zeros in front of fewer than eight.
   *
   * @param digits 1 to 8; of 0 the result means nothing
   */
  static long number(long chunk, int digits) {
    var eight = (chunk - ZEROS) << (Long.SIZE - digits * Byte.SIZE);
    var pairs = eight * 10 + (eight >>> Byte.SIZE);
    var low = (pairs & TWO_PAIRS) * (100 + (1_000_000L << 32));
    var high = ((pairs >>> 16) & TWO_PAIRS) * (1 + (10_000L << 32));
    return (low + high) >>> 32;
  }
}
