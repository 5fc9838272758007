package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.InferRequest.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors of {@code BYTES} in binary form: each element is its length (4 bytes, little-endian) and
 * its bytes. ONNX strings are UTF-8, so other bytes are refused.
 */
final class Strings {
  private Strings() {}

  static List<String> read(Body body, Input input, Payload.Binary at) throws RequestException {
    var from = ByteBuffer.wrap(body.bytes(), at.from(), at.length()).order(ByteOrder.LITTLE_ENDIAN);
    var strings = new ArrayList<String>();
    while (from.remaining() >= Integer.BYTES) {
      var length = from.getInt();
      if (length < 0 || length > from.remaining()) {
        throw bad("input '%s' has a string that ends after its binary data", input.name());
      }
      strings.add(decoded(from.slice(from.position(), length), input));
      from.position(from.position() + length);
    }
    if (from.hasRemaining()) {
      throw bad("input '%s' has bytes after its last string", input.name());
    }
    return strings;
  }

  private static String decoded(ByteBuffer bytes, Input input) throws RequestException {
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw bad("input '%s' has a string that is not UTF-8", input.name());
    }
  }

  /** The binary form. */
  static byte[] write(List<String> elements) {
    var encoded = elements.stream().map(element -> element.getBytes(UTF_8)).toList();
    var size = encoded.stream().mapToInt(bytes -> Integer.BYTES + bytes.length).sum();
    var into = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (var bytes : encoded) {
      into.putInt(bytes.length).put(bytes);
    }
    return into.array();
  }
}
