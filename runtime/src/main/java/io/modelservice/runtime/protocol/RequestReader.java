package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Form;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.tensor.Signature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the JSON part of an inference request. */
final class RequestReader {
  private static final int MOST_TENSORS = 1024;

  private final Body body;
  private final JsonCursor json;
  private final BinaryPart binary;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Wanted> outputs = new ArrayList<>();
  private @Nullable String id;
  private Form form = Form.JSON;

  /** An output that is named; without a form of its own it has the request's. */
  private record Wanted(String name, @Nullable Form form, int classes) {}

  private RequestReader(Body body, int headerLength) {
    this.body = body;
    this.json = new JsonCursor(body.bytes(), 0, headerLength);
    this.binary = new BinaryPart(body, headerLength);
  }

  /**
   * Reads a request.
   *
   * @param headerLength bytes of the JSON part; what follows are binary tensors
   * @param signature of the model; a request that names no output wants all of them
   * @throws RequestException if it is not of the protocol's form
   */
  static InferRequest read(Body body, int headerLength, Signature signature)
      throws RequestException {
    var reader = new RequestReader(body, headerLength);
    reader.request();
    return new InferRequest(reader.id, reader.inputs, reader.wishes(signature));
  }

  private void request() throws RequestException {
    if (!json.take('{')) {
      throw bad("the request must be a JSON object");
    }
    for (var i = 0; json.next(i, '}'); i++) {
      switch (json.name()) {
        case "id" -> id = JsonValues.text(json, "id");
        case "parameters" -> form = parameters().binaryOutputs() ? Form.BINARY : Form.JSON;
        case "inputs" -> list("inputs", () -> inputs.add(input()));
        case "outputs" -> list("outputs", () -> outputs.add(output()));
        default -> json.skip();
      }
    }
    if (json.peek() != JsonCursor.END) {
      throw bad("the request goes on after its JSON object");
    }
    if (inputs.isEmpty()) {
      throw bad("the request has no inputs");
    }
    binary.finish();
  }

  private List<Wish> wishes(Signature signature) {
    if (outputs.isEmpty()) {
      return Wish.all(signature, form);
    }
    return outputs.stream()
        .map(
            output ->
                new Wish(
                    output.name(), output.form() == null ? form : output.form(), output.classes()))
        .toList();
  }

  private Input input() throws RequestException {
    var draft = new InputDraft(body, json);
    for (var i = 0; json.next(i, '}'); i++) {
      switch (json.name()) {
        case "name" -> draft.name(JsonValues.text(json, "the name of an input"));
        case "datatype" -> draft.datatype(JsonValues.text(json, "a datatype"));
        case "shape" -> draft.shape(JsonValues.shape(json));
        case "parameters" -> draft.binarySize(parameters().binarySize());
        case "data" -> draft.data();
        default -> json.skip();
      }
    }
    return draft.finish(binary);
  }

  private Wanted output() throws RequestException {
    String name = null;
    var its = Parameters.NONE;
    for (var i = 0; json.next(i, '}'); i++) {
      switch (json.name()) {
        case "name" -> name = JsonValues.text(json, "the name of an output");
        case "parameters" -> its = parameters();
        default -> json.skip();
      }
    }
    if (name == null) {
      throw bad("an output has no name");
    }
    return new Wanted(name, its.form(), its.classes());
  }

  /** What is known of {@code parameters}; others are left alone. */
  private record Parameters(
      @Nullable Integer binarySize, @Nullable Form form, boolean binaryOutputs, int classes) {
    static final Parameters NONE = new Parameters(null, null, false, 0);
  }

  private Parameters parameters() throws RequestException {
    Integer size = null;
    Form wish = null;
    var all = false;
    var classes = 0;
    if (!json.take('{')) {
      throw bad("parameters must be a JSON object");
    }
    for (var i = 0; json.next(i, '}'); i++) {
      var name = json.name();
      switch (name) {
        case "binary_data_size" -> size = JsonValues.size(json, name);
        case "binary_data" -> wish = JsonValues.truth(json, name) ? Form.BINARY : Form.JSON;
        case "binary_data_output" -> all = JsonValues.truth(json, name);
        case "classification" -> classes = JsonValues.size(json, name);
        default -> json.skip();
      }
    }
    return new Parameters(size, wish, all, classes);
  }

  /** Reads one element of a list, whose bracket was taken. */
  @FunctionalInterface
  private interface Element {
    void read() throws RequestException;
  }

  private void list(String what, Element element) throws RequestException {
    if (!json.take('[')) {
      throw bad("%s must be a JSON array", what);
    }
    for (var i = 0; json.next(i, ']'); i++) {
      if (!json.take('{')) {
        throw bad("an element of %s must be a JSON object", what);
      }
      if (i == MOST_TENSORS) {
        throw bad("%s has more than %d elements", what, MOST_TENSORS);
      }
      element.read();
    }
  }
}
