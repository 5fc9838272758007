package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors of {@code BYTES} in binary form: each element is its length (4 bytes, little-endian) and
 * its bytes. ONNX strings are UTF-8, so other bytes are refused.
 */
public final class Strings {
  private Strings() {}

  /**
   * Reads the binary form.
   *
   * @param input its name, for the line of a refusal
   */
  public static List<String> read(ByteBuffer bytes, String input) throws RequestException {
    var from = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    var strings = new ArrayList<String>();
    while (from.remaining() >= Integer.BYTES) {
      var length = from.getInt();
      if (length < 0 || length > from.remaining()) {
        throw bad("input '%s' has a string that ends after its binary data", input);
      }
      strings.add(decoded(from.slice(from.position(), length), input));
      from.position(from.position() + length);
    }
    if (from.hasRemaining()) {
      throw bad("input '%s' has bytes after its last string", input);
    }
    return strings;
  }

  private static String decoded(ByteBuffer bytes, String input) throws RequestException {
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw bad("input '%s' has a string that is not UTF-8", input);
    }
  }

  /** The binary form. */
  public static byte[] write(List<String> elements) {
    var encoded = elements.stream().map(element -> element.getBytes(UTF_8)).toList();
    var size = encoded.stream().mapToInt(bytes -> Integer.BYTES + bytes.length).sum();
    var into = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (var bytes : encoded) {
      into.putInt(bytes.length).put(bytes);
    }
    return into.array();
  }
}
