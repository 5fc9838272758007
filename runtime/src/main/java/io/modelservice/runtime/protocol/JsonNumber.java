package io.modelservice.runtime.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * One number of a JSON text (RFC 8259, section 6), read again and again into the same object: a
 * tensor has many of them.
 *
 * <p>Most are made of integer arithmetic and one multiplication or division. A {@code double} takes
 * that way only where the result is exact (W. Clinger, "How to read floating point numbers
 * accurately", 1990). A {@code float} takes it with up to 19 digits: the double in between is at
 * most 2 units in its last place off, which matters only near the middle of two floats. All others
 * are read by the JDK.
 */
final class JsonNumber {
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final double[] INVERSE = Arrays.stream(POWERS).map(power -> 1 / power).toArray();
  private static final int MOST_DIGITS = 19; // what a long holds of any digits
  private static final int MOST_EXPONENT = 10_000;
  private static final long EXACT_MANTISSA = 1L << 53;
  private static final int LOST_BITS = Double.PRECISION - Float.PRECISION;
  private static final long LOST = (1L << LOST_BITS) - 1;
  private static final long MIDDLE = 1L << (LOST_BITS - 1);
  private static final long NEAR = 8;

  private byte[] text = {};
  private int from;
  private int to;
  private int at;
  private boolean negative;
  private boolean whole;
  private long mantissa;
  private int digits;
  private int exponent;

  /**
   * Reads the number that begins at a place.
   *
   * @return the place behind it; -1 if there is no number
   */
  int read(byte[] bytes, int begin, int end) {
    text = bytes;
    from = begin;
    at = begin;
    to = end;
    mantissa = 0;
    digits = 0;
    exponent = 0;
    whole = true;
    negative = at < to && text[at] == '-';
    if (negative) {
      at++;
    }
    var sound = integer() && fraction() && power();
    to = at;
    if (digits > MOST_DIGITS) {
      digits -= leadingZeros();
    }
    return sound ? at : -1;
  }

  /** Whether a number may begin with a character; -1 is none. */
  static boolean mayBegin(int character) {
    return character == '-' || isDigit(character);
  }

  static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  /** Zeros in front, which do not count as digits. */
  private int leadingZeros() {
    var zeros = 0;
    for (var i = from; i < to && (text[i] == '0' || text[i] == '.' || text[i] == '-'); i++) {
      zeros += text[i] == '0' ? 1 : 0;
    }
    return zeros;
  }

  private boolean integer() {
    var first = at;
    digits();
    return at > first && (text[first] != '0' || at == first + 1);
  }

  private boolean fraction() {
    if (at == to || text[at] != '.') {
      return true;
    }
    whole = false;
    at++;
    var first = at;
    digits();
    exponent = first - at;
    return at > first;
  }

  private void digits() {
    var place = at;
    var value = mantissa;
    while (place + DigitChunk.BYTES <= to) {
      var chunk = DigitChunk.at(text, place);
      if (DigitChunk.digits(chunk) < DigitChunk.BYTES) {
        break;
      }
      value = value * 100_000_000 + DigitChunk.number(chunk, DigitChunk.BYTES);
      place += DigitChunk.BYTES;
    }
    for (; place < to && isDigit(text[place]); place++) {
      value = value * 10 + text[place] - '0';
    }
    digits += place - at;
    at = place;
    mantissa = value;
  }

  private boolean power() {
    if (at == to || (text[at] != 'e' && text[at] != 'E')) {
      return true;
    }
    whole = false;
    at++;
    var down = at < to && text[at] == '-';
    if (down || (at < to && text[at] == '+')) {
      at++;
    }
    var first = at;
    var value = 0;
    while (at < to && isDigit(text[at])) {
      value = Math.min(MOST_EXPONENT, value * 10 + text[at] - '0');
      at++;
    }
    exponent += down ? -value : value;
    return at > first;
  }

  /** Whether it has neither a fraction nor an exponent. */
  boolean whole() {
    return whole;
  }

  /** The nearest float; infinite if it is out of range. */
  float toFloat() {
    if (digits <= MOST_DIGITS && exponent <= 0 && exponent > -POWERS.length) {
      var value = scaled(unsigned(), -exponent);
      if (isSure(value)) {
        return (float) (negative ? -value : value);
      }
    }
    return Float.parseFloat(toString());
  }

  /**
   * Digits with so many of them behind the point, 0 to 22; at most 2 units in the last place off.
   */
  static double scaled(double digits, int behindPoint) {
    return digits * INVERSE[behindPoint];
  }

  /** Whether its float is that of the number which it may be 2 units in the last place off. */
  static boolean isSure(double value) {
    var lost = Double.doubleToRawLongBits(value) & LOST;
    return Math.abs(lost - MIDDLE) > NEAR;
  }

  /** The nearest double; infinite if it is out of range. */
  double toDouble() {
    var fits = digits <= MOST_DIGITS && Long.compareUnsigned(mantissa, EXACT_MANTISSA) <= 0;
    if (fits && Math.abs(exponent) < POWERS.length) {
      var value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
      return negative ? -value : value;
    }
    return Double.parseDouble(toString());
  }

  private double unsigned() {
    return mantissa >= 0 ? mantissa : 2 * (double) (mantissa >>> 1 | (mantissa & 1));
  }

  /** Whether it is whole and from {@code least} to {@code most}; then {@link #toLong} is exact. */
  boolean between(long least, long most) {
    if (digits < MOST_DIGITS) {
      var value = toLong();
      return value >= least && value <= most;
    }
    var value = new BigInteger(toString());
    return value.compareTo(BigInteger.valueOf(least)) >= 0
        && value.compareTo(BigInteger.valueOf(most)) <= 0;
  }

  /** Whether it is whole and from 0 to 2^64 - 1; then {@link #toLong} has its bits. */
  boolean unsigned64() {
    if (digits < MOST_DIGITS) {
      return toLong() >= 0;
    }
    var value = new BigInteger(toString());
    return value.signum() >= 0 && value.bitLength() <= Long.SIZE;
  }

  /** The value of a whole number in range. */
  long toLong() {
    return negative ? -mantissa : mantissa;
  }

  /** As it stands in the text. */
  @Override
  public String toString() {
    return new String(text, from, to - from, ISO_8859_1);
  }
}
