package io.modelservice.e2e.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/**
 * A tensor as the Open Inference Protocol has it.
 *
 * @param data row-major, little-endian
 */
public record Tensor(String name, String datatype, List<Long> shape, ByteBuffer data) {

  public static Tensor ints(String name, int... row) {
    var data = buffer(row.length * Integer.BYTES);
    data.asIntBuffer().put(row);
    return new Tensor(name, "INT32", List.of(1L, (long) row.length), data);
  }

  public static Tensor longs(String name, long... row) {
    var data = buffer(row.length * Long.BYTES);
    data.asLongBuffer().put(row);
    return new Tensor(name, "INT64", List.of(1L, (long) row.length), data);
  }

  /** Numbers in [-1, 1), the same for the same seed. */
  public static Tensor noise(String name, long seed, List<Long> shape) {
    var count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    var data = buffer(count * Float.BYTES);
    var random = new Random(seed);
    for (var i = 0; i < count; i++) {
      data.putFloat(i * Float.BYTES, random.nextFloat() * 2 - 1);
    }
    return new Tensor(name, "FP32", List.copyOf(shape), data);
  }

  /** A direct buffer in the byte order of the wire. */
  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The numbers, whatever the datatype. */
  public double[] values() {
    var count = data.capacity() / 4;
    var values = new double[count];
    for (var i = 0; i < count; i++) {
      values[i] =
          switch (datatype) {
            case "FP32" -> data.getFloat(i * 4);
            case "INT32" -> data.getInt(i * 4);
            default -> throw new IllegalStateException("no story has tensors of " + datatype);
          };
    }
    return values;
  }

  /** The elements as JSON. */
  String json() {
    var text = new StringBuilder("[");
    var size = datatype.equals("INT64") ? Long.BYTES : Integer.BYTES;
    for (var at = 0; at < data.capacity(); at += size) {
      text.append(at == 0 ? "" : ",");
      switch (datatype) {
        case "FP32" -> text.append(data.getFloat(at));
        case "INT64" -> text.append(data.getLong(at));
        default -> text.append(data.getInt(at));
      }
    }
    return text.append(']').toString();
  }
}
