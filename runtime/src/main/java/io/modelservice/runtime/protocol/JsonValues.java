package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import java.util.ArrayList;
import java.util.List;

/** Values of a known form, with a line that names what has another one. */
final class JsonValues {
  private static final int HIGHEST_RANK = 32;

  private JsonValues() {}

  static String text(JsonCursor json, String what) throws RequestException {
    if (json.peek() != '"') {
      throw bad("%s must be a string", what);
    }
    return json.string();
  }

  static boolean truth(JsonCursor json, String what) throws RequestException {
    if (json.word("true")) {
      return true;
    }
    if (json.word("false")) {
      return false;
    }
    throw bad("%s must be true or false", what);
  }

  /** A number of bytes. */
  static int size(JsonCursor json, String what) throws RequestException {
    var number = whole(json, what);
    if (!number.between(0, Integer.MAX_VALUE)) {
      throw bad("%s %s is out of range", what, Names.shortened(number.toString()));
    }
    return (int) number.toLong();
  }

  /** A number of bytes that may be more than a request has. */
  static long bytes(JsonCursor json, String what) throws RequestException {
    var number = whole(json, what);
    if (!number.between(0, Long.MAX_VALUE)) {
      throw bad("%s %s is out of range", what, Names.shortened(number.toString()));
    }
    return number.toLong();
  }

  static List<Long> shape(JsonCursor json) throws RequestException {
    if (!json.take('[')) {
      throw bad("shape must be a JSON array");
    }
    var shape = new ArrayList<Long>();
    for (var i = 0; json.next(i, ']'); i++) {
      var size = whole(json, "a dimension of a shape");
      if (!size.between(0, Long.MAX_VALUE) || i == HIGHEST_RANK) {
        throw bad("a shape has a negative dimension or more than %d dimensions", HIGHEST_RANK);
      }
      shape.add(size.toLong());
    }
    return shape;
  }

  private static JsonNumber whole(JsonCursor json, String what) throws RequestException {
    if (JsonNumber.mayBegin(json.peek())) {
      var number = json.number();
      if (number.whole()) {
        return number;
      }
    }
    throw bad("%s must be a whole number", what);
  }
}
