package io.modelservice.runtime.batching;

import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.tensor.Datatype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Compares tensors: numbers may differ as far as the order of additions makes them differ. */
final class Closeness {
  private static final double PART = 1e-4;

  /** Of numbers with 11 or fewer bits of precision. */
  private static final double PART_OF_HALF = 2e-2;

  private Closeness() {}

  /** Whether two outputs of the same kind have close elements; NaN is close to NaN. */
  static boolean of(Output one, Output other) {
    if (one instanceof Output.Fixed a && other instanceof Output.Fixed b) {
      return of(a.spec().datatype(), a.data().duplicate(), b.data().duplicate());
    }
    return one instanceof Output.Strings a
        && other instanceof Output.Strings b
        && a.elements().equals(b.elements());
  }

  private static boolean of(Datatype datatype, ByteBuffer one, ByteBuffer other) {
    var a = one.slice().order(ByteOrder.LITTLE_ENDIAN);
    var b = other.slice().order(ByteOrder.LITTLE_ENDIAN);
    var close = a.remaining() == b.remaining();
    while (close && a.hasRemaining()) {
      close =
          switch (datatype) {
            case FP64 -> close(a.getDouble(), b.getDouble(), PART);
            case FP32 -> close(a.getFloat(), b.getFloat(), PART);
            case FP16 ->
                close(
                    Float.float16ToFloat(a.getShort()),
                    Float.float16ToFloat(b.getShort()),
                    PART_OF_HALF);
            case BF16 -> close(bfloat16(a.getShort()), bfloat16(b.getShort()), PART_OF_HALF);
            default -> a.get() == b.get();
          };
    }
    return close;
  }

  private static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << Short.SIZE);
  }

  private static boolean close(double one, double other, double part) {
    return Double.compare(one, other) == 0
        || Math.abs(one - other) <= part * Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
  }
}
