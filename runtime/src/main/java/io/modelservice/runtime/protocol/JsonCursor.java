package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Walks through a JSON text (RFC 8259) in UTF-8, forward only. What is passed over makes no
 * objects; what is not JSON ends in a {@link RequestException} with the place.
 */
final class JsonCursor {
  /** What {@link #peek} gives at the end of the text. */
  static final int END = -1;

  private static final int DEEPEST = 64;

  private final byte[] bytes;
  private final int end;
  private final JsonNumber number = new JsonNumber();
  private int at;

  JsonCursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** The place of the next byte that is not white space. */
  int place() {
    peek();
    return at;
  }

  /** The next byte that is not white space, without taking it. */
  int peek() {
    while (at < end) {
      var next = bytes[at];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return next & 0xFF;
      }
      at++;
    }
    return END;
  }

  /** Takes the next byte if it is the given one. */
  boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /**
   * Steps to the next member of an object or element of an array whose bracket was taken.
   *
   * @param index of it, from 0
   * @return false if the closing bracket came instead and was taken
   */
  boolean next(int index, char close) throws RequestException {
    var next = peek();
    if (next == close) {
      at++;
      return false;
    }
    if (index > 0) {
      if (next != ',') {
        throw malformed();
      }
      at++;
    }
    return true;
  }

  /** Takes the name of a member and its colon. */
  String name() throws RequestException {
    if (peek() != '"') {
      throw malformed();
    }
    var name = string();
    require(':');
    return name;
  }

  private void require(char wanted) throws RequestException {
    if (!take(wanted)) {
      throw malformed();
    }
  }

  /** Takes a string; the next byte is its quote. */
  String string() throws RequestException {
    var from = ++at;
    var escaped = false;
    while (at < end && bytes[at] != '"') {
      if (bytes[at] >= 0 && bytes[at] < ' ') {
        throw malformed();
      }
      if (bytes[at] == '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    if (at >= end) {
      throw malformed();
    }
    var text = decoded(from, at);
    at++;
    return escaped ? JsonEscapes.resolve(text, this) : text;
  }

  private String decoded(int from, int to) throws RequestException {
    for (var i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return utf8(from, to);
      }
    }
    return new String(bytes, from, to - from, UTF_8);
  }

  private String utf8(int from, int to) throws RequestException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      throw bad("the request has a string that is not UTF-8: see byte %d", from);
    }
  }

  /** Takes a number; the object is the same each time. */
  JsonNumber number() throws RequestException {
    if (!takeNumber()) {
      throw malformed();
    }
    return number;
  }

  /** Takes a number if there is one; {@link #taken} has it then. */
  boolean takeNumber() {
    peek();
    var behind = number.read(bytes, at, end);
    at = Math.max(at, behind);
    return behind >= 0;
  }

  /** Takes the plain floats that come first, each with the comma behind it. */
  void takePlainFloats(ByteBuffer memory) {
    peek();
    at = PlainFloats.read(bytes, at, end, memory);
  }

  /** The number that was taken last. */
  JsonNumber taken() {
    return number;
  }

  /** Takes one of the words {@code true}, {@code false} and {@code null}. */
  boolean word(String word) {
    if (peek() == END || end - at < word.length()) {
      return false;
    }
    for (var i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  /** Passes over a value of any kind. */
  void skip() throws RequestException {
    skip(0);
  }

  private void skip(int depth) throws RequestException {
    if (depth == DEEPEST) {
      throw bad("the request is nested deeper than %d levels", DEEPEST);
    }
    switch (peek()) {
      case '{' -> skipMembers(depth);
      case '[' -> skipElements(depth);
      case '"' -> string();
      case 't', 'f', 'n' -> skipWord();
      default -> number();
    }
  }

  private void skipMembers(int depth) throws RequestException {
    at++;
    for (var i = 0; next(i, '}'); i++) {
      name();
      skip(depth + 1);
    }
  }

  private void skipElements(int depth) throws RequestException {
    at++;
    for (var i = 0; next(i, ']'); i++) {
      skip(depth + 1);
    }
  }

  private void skipWord() throws RequestException {
    if (!word("true") && !word("false") && !word("null")) {
      throw malformed();
    }
  }

  /** What to throw where the text is not JSON. */
  RequestException malformed() {
    return at >= end
        ? bad("the request is not valid JSON: it ends too early")
        : bad("the request is not valid JSON: see byte %d", at);
  }
}
