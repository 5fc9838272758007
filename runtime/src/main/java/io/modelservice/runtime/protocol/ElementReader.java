package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.tensor.Datatype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the elements of one input from a JSON array, flat or nested. Whole numbers must be in the
 * range of their datatype; numbers that JSON cannot write may be the strings {@code "NaN"}, {@code
 * "Infinity"} and {@code "-Infinity"}.
 */
final class ElementReader {
  private static final int FIRST = 64;
  private static final int DEEPEST = 32;

  private final JsonCursor json;
  private final String input;
  private final Datatype datatype;
  private final List<String> strings = new ArrayList<>();
  private ByteBuffer memory;
  private int count;

  private ElementReader(JsonCursor json, String input, Datatype datatype, int expected) {
    this.json = json;
    this.input = input;
    this.datatype = datatype;
    memory = heap(Math.multiplyExact(expected, datatype.size()));
  }

  /**
   * Reads an array.
   *
   * @param input its name, for the line of a refusal
   * @param expected elements by the shape; not more than the text may have
   */
  static JsonElements read(JsonCursor json, String input, Datatype datatype, int expected)
      throws RequestException {
    if (!datatype.hasJsonForm()) {
      throw bad("input '%s' is %s, which has no JSON form: send it binary", input, datatype);
    }
    if (json.peek() != '[') {
      throw bad("data must be a JSON array");
    }
    var reader = new ElementReader(json, input, datatype, expected);
    reader.array(0);
    return datatype == Datatype.BYTES
        ? new JsonElements.Strings(reader.strings)
        : new JsonElements.Fixed(reader.count, reader.memory.flip());
  }

  private static ByteBuffer heap(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void array(int depth) throws RequestException {
    if (depth == DEEPEST) {
      throw bad("input '%s' is nested deeper than %d levels", input, DEEPEST);
    }
    json.take('[');
    for (var i = 0; json.next(i, ']'); i++) {
      plainFloats();
      if (datatype == Datatype.FP32 && json.takeNumber()) { // nearly all there are
        reserved().putFloat(inRange(json.taken().toFloat()));
        count++;
      } else if (json.peek() == '[') {
        array(depth + 1);
      } else {
        element();
      }
    }
  }

  /** Nearly all the elements of a large tensor. */
  private void plainFloats() {
    if (datatype == Datatype.FP32) {
      var before = memory.position();
      json.takePlainFloats(memory);
      count += (memory.position() - before) / Float.BYTES;
    }
  }

  private void element() throws RequestException {
    switch (datatype) {
      case FP32 -> reserved().putFloat((float) special());
      case FP64 -> reserved().putDouble(number());
      case BYTES -> strings.add(string());
      case BOOL -> reserved().put(truth());
      case INT8 -> reserved().put((byte) whole(Byte.MIN_VALUE, Byte.MAX_VALUE));
      case UINT8 -> reserved().put((byte) whole(0, 0xFF));
      case INT16 -> reserved().putShort((short) whole(Short.MIN_VALUE, Short.MAX_VALUE));
      case UINT16 -> reserved().putShort((short) whole(0, 0xFFFF));
      case INT32 -> reserved().putInt((int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
      case UINT32 -> reserved().putInt((int) whole(0, 0xFFFF_FFFFL));
      case INT64 -> reserved().putLong(whole(Long.MIN_VALUE, Long.MAX_VALUE));
      case UINT64 -> reserved().putLong(unsigned());
      case FP16, BF16 -> throw new IllegalStateException("refused before");
    }
    count++;
  }

  /** The memory, with room for one more element. */
  private ByteBuffer reserved() {
    if (memory.remaining() < datatype.size()) {
      var size = Math.max(FIRST, Math.multiplyExact(memory.capacity(), 2));
      var larger = heap(size);
      memory = larger.put(memory.flip());
    }
    return memory;
  }

  private String string() throws RequestException {
    if (json.peek() != '"') {
      throw bad("input '%s' has an element that is not a string", input);
    }
    return json.string();
  }

  private byte truth() throws RequestException {
    if (json.word("true")) {
      return 1;
    }
    if (json.word("false")) {
      return 0;
    }
    throw bad("input '%s' has an element that is not true or false", input);
  }

  private JsonNumber wholeNumber() throws RequestException {
    var number = JsonNumber.mayBegin(json.peek()) ? json.number() : null;
    if (number == null || !number.whole()) {
      throw bad("input '%s' has an element that is not a whole number", input);
    }
    return number;
  }

  private long whole(long least, long most) throws RequestException {
    var number = wholeNumber();
    if (!number.between(least, most)) {
      throw outOfRange();
    }
    return number.toLong();
  }

  private long unsigned() throws RequestException {
    var number = wholeNumber();
    if (!number.unsigned64()) {
      throw outOfRange();
    }
    return number.toLong();
  }

  private float inRange(float value) throws RequestException {
    if (Float.isInfinite(value)) {
      throw outOfRange();
    }
    return value;
  }

  private double number() throws RequestException {
    if (!json.takeNumber()) {
      return special();
    }
    var value = json.taken().toDouble();
    if (Double.isInfinite(value)) {
      throw outOfRange();
    }
    return value;
  }

  private double special() throws RequestException {
    if (json.peek() == '"') {
      switch (json.string()) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {}
      }
    }
    throw bad("input '%s' has an element that is not a number", input);
  }

  private RequestException outOfRange() {
    return bad("input '%s' has an element out of the range of %s", input, datatype);
  }
}
