package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonParser;
import io.modelservice.runtime.protocol.InferRequest.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Elements as a JSON array, flat or nested.
 *
 * @param from place of the opening bracket in the body
 * @param length bytes up to the closing bracket and with it
 */
record JsonElements(Body body, int from, int length) implements Elements {

  @Override
  public void check(Input input, int count) throws RequestException {
    if (!input.datatype().hasJsonForm()) {
      throw bad(
          "input '%s' is %s, which has no JSON form: send it binary",
          input.name(), input.datatype());
    }
    if (count > length) { // each takes a byte at least
      throw bad(
          "input '%s' has fewer elements than its shape %s says", input.name(), input.shape());
    }
  }

  @Override
  public void copy(Input input, ByteBuffer memory) throws RequestException {
    ElementReader.read(this, input, memory);
  }

  @Override
  public List<String> strings(Input input) throws RequestException {
    return ElementReader.strings(this, input);
  }

  JsonParser parser() throws IOException {
    return body.json(from, length);
  }
}
