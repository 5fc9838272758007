package io.modelservice.runtime.protocol;

/** The escapes of a JSON string (RFC 8259, section 7). */
final class JsonEscapes {
  private static final int HEX_DIGITS = 4;
  private static final int HEX = 16;

  private JsonEscapes() {}

  /**
   * Puts the characters in place of their escapes.
   *
   * @param cursor tells the place if an escape is none
   */
  static String resolve(String text, JsonCursor cursor) throws RequestException {
    var resolved = new StringBuilder(text.length());
    var at = 0;
    while (at < text.length()) {
      var next = text.charAt(at++);
      if (next != '\\') {
        resolved.append(next);
        continue;
      }
      var escape = text.charAt(at++); // a string never ends behind a backslash
      if (escape == 'u') {
        resolved.append(unicode(text, at, cursor));
        at += HEX_DIGITS;
      } else {
        resolved.append(single(escape, cursor));
      }
    }
    return resolved.toString();
  }

  private static char single(char escape, JsonCursor cursor) throws RequestException {
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw cursor.malformed();
    };
  }

  private static char unicode(String text, int from, JsonCursor cursor) throws RequestException {
    var value = 0;
    for (var i = from; i < from + HEX_DIGITS; i++) {
      var digit = i < text.length() ? Character.digit(text.charAt(i), HEX) : -1;
      if (digit < 0 || text.charAt(i) > 'f') {
        throw cursor.malformed();
      }
      value = value * HEX + digit;
    }
    return (char) value;
  }
}
