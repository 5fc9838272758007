package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import java.nio.ByteBuffer;

/** Deals out what follows the JSON part, in the order of the inputs. */
final class BinaryPart {
  private final byte[] bytes;
  private final int end;
  private int next;

  BinaryPart(Body body, int from) {
    this.bytes = body.bytes();
    this.next = from;
    this.end = body.length();
  }

  Elements next(String input, int size) throws RequestException {
    if (size > end - next) {
      throw bad(
          "input '%s' should have %d bytes of binary data, the body has only %d left",
          Names.shortened(input), size, end - next);
    }
    var elements = new BinaryElements(ByteBuffer.wrap(bytes, next, size));
    next += size;
    return elements;
  }

  void finish() throws RequestException {
    if (next != end) {
      throw bad("the body has %d bytes that belong to no input", end - next);
    }
  }
}
