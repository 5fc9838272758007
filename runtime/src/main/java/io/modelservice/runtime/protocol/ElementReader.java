package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.modelservice.runtime.protocol.InferRequest.Input;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the elements of one input from JSON, flat or nested. Whole numbers must be in the range of
 * their datatype; numbers that JSON cannot write may be the strings {@code "NaN"}, {@code
 * "Infinity"} and {@code "-Infinity"}.
 */
final class ElementReader {
  private static final BigInteger MOST_UINT64 = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private final JsonParser json;
  private final Input input;

  private ElementReader(JsonParser json, Input input) {
    this.json = json;
    this.input = input;
  }

  /** Fills the memory of an input of fixed-size elements to its limit. */
  static void read(JsonElements at, Input input, ByteBuffer into) throws RequestException {
    try (var json = at.parser()) {
      var reader = new ElementReader(json, input);
      while (reader.next()) {
        if (!into.hasRemaining()) {
          throw reader.count("more");
        }
        reader.put(into);
      }
      if (into.hasRemaining()) {
        throw reader.count("fewer");
      }
    } catch (JsonProcessingException e) {
      throw bad("input '%s' has an element that is not a number in range", input.name());
    } catch (IOException e) {
      throw bad("the request cannot be read");
    }
  }

  /** The strings of an input of {@code BYTES}. */
  static List<String> strings(JsonElements at, Input input) throws RequestException {
    var strings = new ArrayList<String>();
    try (var json = at.parser()) {
      var reader = new ElementReader(json, input);
      while (reader.next()) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
          throw bad("input '%s' has an element that is not a string", input.name());
        }
        strings.add(json.getText());
      }
      return strings;
    } catch (IOException e) {
      throw bad("input '%s' has an element that is not a string", input.name());
    }
  }

  /** Steps to the next element; nesting does not count. */
  private boolean next() throws IOException {
    while (true) {
      var token = json.nextToken();
      if (token == null) {
        return false;
      }
      if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
        return true;
      }
    }
  }

  private void put(ByteBuffer into) throws IOException, RequestException {
    switch (input.datatype()) {
      case BOOL -> into.put((byte) (truth() ? 1 : 0));
      case INT8 -> into.put((byte) whole(Byte.MIN_VALUE, Byte.MAX_VALUE));
      case UINT8 -> into.put((byte) whole(0, 0xFF));
      case INT16 -> into.putShort((short) whole(Short.MIN_VALUE, Short.MAX_VALUE));
      case UINT16 -> into.putShort((short) whole(0, 0xFFFF));
      case INT32 -> into.putInt((int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
      case UINT32 -> into.putInt((int) whole(0, 0xFFFF_FFFFL));
      case INT64 -> into.putLong(whole(Long.MIN_VALUE, Long.MAX_VALUE));
      case UINT64 -> into.putLong(unsigned());
      case FP32 -> into.putFloat(single());
      case FP64 -> into.putDouble(number());
      case FP16, BF16, BYTES -> throw new IllegalStateException("checked before");
    }
  }

  private boolean truth() throws IOException, RequestException {
    if (!json.currentToken().isBoolean()) {
      throw bad("input '%s' has an element that is not true or false", input.name());
    }
    return json.getBooleanValue();
  }

  private long whole(long least, long most) throws IOException, RequestException {
    requireWhole();
    var value = json.getLongValue();
    if (value < least || value > most) {
      throw outOfRange();
    }
    return value;
  }

  private long unsigned() throws IOException, RequestException {
    requireWhole();
    var value = json.getBigIntegerValue();
    if (value.signum() < 0 || value.compareTo(MOST_UINT64) > 0) {
      throw outOfRange();
    }
    return value.longValue();
  }

  private void requireWhole() throws RequestException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw bad("input '%s' has an element that is not a whole number", input.name());
    }
  }

  private float single() throws IOException, RequestException {
    if (!json.currentToken().isNumeric()) {
      return (float) special();
    }
    var value = json.getFloatValue();
    if (Float.isInfinite(value)) {
      throw outOfRange();
    }
    return value;
  }

  private double number() throws IOException, RequestException {
    if (!json.currentToken().isNumeric()) {
      return special();
    }
    var value = json.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw outOfRange();
    }
    return value;
  }

  private double special() throws IOException, RequestException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      switch (json.getText()) {
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
    throw bad("input '%s' has an element that is not a number", input.name());
  }

  private RequestException outOfRange() {
    return bad("input '%s' has an element out of the range of %s", input.name(), input.datatype());
  }

  private RequestException count(String how) {
    return bad(
        "input '%s' has %s elements than its shape %s says", input.name(), how, input.shape());
  }
}
