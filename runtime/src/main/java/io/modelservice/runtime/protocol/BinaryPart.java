package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Payload;

/** Deals out what follows the JSON part, in the order of the inputs. */
final class BinaryPart {
  private final int end;
  private int next;

  BinaryPart(int from, int end) {
    this.next = from;
    this.end = end;
  }

  Payload next(String input, int size) throws RequestException {
    if (size > end - next) {
      throw bad(
          "input '%s' should have %d bytes of binary data, the body has only %d left",
          Names.shortened(input), size, end - next);
    }
    var payload = new Payload.Binary(next, size);
    next += size;
    return payload;
  }

  void finish() throws RequestException {
    if (next != end) {
      throw bad("the body has %d bytes that belong to no input", end - next);
    }
  }
}
