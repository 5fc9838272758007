package io.modelservice.runtime.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs made from good ones by a few damages; always the same ones. */
final class Damages {
  private static final int MOST_DAMAGES = 5;
  private static final int LONGEST_REPEAT = 3_000;
  private static final byte[] BYTES = {
    0, -1, 127, -128, '"', '\\', '[', ']', '{', '}', '-', '0', ','
  };
  private static final int[] INTS = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xFFFF, 1 << 16, 30_000, 50_000_000
  };

  private final List<byte[]> seeds;
  private final Random random = new Random(20_260_101);

  Damages(List<byte[]> seeds) {
    this.seeds = seeds;
  }

  byte[] next() {
    var input = seed().clone();
    for (var damage = random.nextInt(MOST_DAMAGES); damage >= 0; damage--) {
      input = input.length == 0 ? seed().clone() : damaged(input);
    }
    return input;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] damaged(byte[] input) {
    var at = random.nextInt(input.length);
    var end = at + random.nextInt(Math.min(64, input.length - at) + 1);
    return switch (random.nextInt(9)) {
      case 0 -> with(input, at, (byte) random.nextInt(256));
      case 1 -> with(input, at, (byte) (input[at] ^ 1 << random.nextInt(8)));
      case 2 -> with(input, at, BYTES[random.nextInt(BYTES.length)]);
      case 3 -> withInt(input, at);
      case 4 -> Arrays.copyOf(input, at);
      case 5 -> joined(input, at, new byte[0], end);
      case 6 -> joined(input, end, Arrays.copyOfRange(input, at, end), end);
      case 7 -> joined(input, at, repeated(), at);
      default -> spliced(input, at);
    };
  }

  private static byte[] with(byte[] input, int at, byte value) {
    input[at] = value;
    return input;
  }

  private byte[] withInt(byte[] input, int at) {
    if (at + Integer.BYTES <= input.length) {
      var order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      ByteBuffer.wrap(input).order(order).putInt(at, INTS[random.nextInt(INTS.length)]);
    }
    return input;
  }

  private byte[] repeated() {
    var bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? LONGEST_REPEAT : 8) + 1];
    Arrays.fill(bytes, BYTES[random.nextInt(BYTES.length)]);
    return bytes;
  }

  /** The begin of one input and the end of another. */
  private byte[] spliced(byte[] input, int at) {
    var other = seed();
    var from = random.nextInt(other.length + 1);
    return joined(input, at, Arrays.copyOfRange(other, from, other.length), input.length);
  }

  /** The input up to a place, then the bytes, then the input from another place. */
  private static byte[] joined(byte[] input, int to, byte[] bytes, int from) {
    var all = Arrays.copyOf(input, to + bytes.length + input.length - from);
    System.arraycopy(bytes, 0, all, to, bytes.length);
    System.arraycopy(input, from, all, to + bytes.length, input.length - from);
    return all;
  }
}
