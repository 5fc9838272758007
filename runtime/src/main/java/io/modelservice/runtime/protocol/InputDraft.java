package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Shapes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An input while its members come, in any order. */
final class InputDraft {
  private static final int SMALLEST = 2; // an element and its comma

  private final Body body;
  private final JsonCursor json;
  private @Nullable String name;
  private @Nullable Datatype datatype;
  private @Nullable List<Long> shape;
  private Parameters parameters = new Parameters();
  private @Nullable JsonElements elements;
  private @Nullable Located later;

  /** Data that came before its datatype. */
  private record Located(int from, int to) {}

  InputDraft(Body body, JsonCursor json) {
    this.body = body;
    this.json = json;
  }

  void name(String value) {
    name = value;
  }

  void datatype(String value) throws RequestException {
    try {
      datatype = Datatype.valueOf(value);
    } catch (IllegalArgumentException e) {
      throw bad("'%s' is not a datatype of the protocol, such as FP32", Names.shortened(value));
    }
  }

  void shape(List<Long> value) {
    shape = value;
  }

  void parameters(Parameters value) {
    parameters = value;
  }

  /** Reads the value of the member {@code data}. */
  void data() throws RequestException {
    if (datatype == null) {
      var from = json.place();
      json.skip();
      later = new Located(from, json.place());
    } else {
      later = null;
      elements = ElementReader.read(json, who(), datatype, expected(body.length() - json.place()));
    }
  }

  private String who() {
    return Names.shortened(Objects.requireNonNullElse(name, "without a name"));
  }

  /** How many elements to make room for: what the shape says, if the text can have so many. */
  private int expected(int bytes) {
    if (shape == null) {
      return 0;
    }
    try {
      return (int) Math.min(Shapes.elements(shape), bytes / SMALLEST);
    } catch (ArithmeticException e) {
      return 0; // refused when the shape is checked
    }
  }

  Input finish(BinaryPart binary, SharedMemory memory) throws RequestException {
    if (later != null && datatype != null) {
      var data = new JsonCursor(body.bytes(), later.from(), later.to());
      elements = ElementReader.read(data, who(), datatype, expected(later.to() - later.from()));
    }
    var all = elements(binary, memory);
    if (name == null || datatype == null || shape == null || all == null) {
      throw bad(
          "input '%s' needs name, datatype, shape and data (or binary_data_size, or %s)",
          who(), SharedParameters.REGION);
    }
    return new Input(name, datatype, shape, all);
  }

  private @Nullable Elements elements(BinaryPart binary, SharedMemory memory)
      throws RequestException {
    var size = parameters.binarySize();
    var place = parameters.shared().slice(memory, who());
    if (size != null && elements != null) {
      throw bad("input '%s' has both data and binary_data_size", who());
    }
    if (place != null && (size != null || elements != null)) {
      throw bad("input '%s' has both data and %s", who(), SharedParameters.REGION);
    }
    if (place != null) {
      return new SharedElements(place);
    }
    return size == null ? elements : binary.next(who(), size);
  }
}
