package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.tensor.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the JSON part of an inference request. */
final class RequestReader {
  private static final int MOST_TENSORS = 1024;

  private final Body body;
  private final JsonCursor json;
  private final BinaryPart binary;
  private final SharedMemory memory;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Wanted> outputs = new ArrayList<>();
  private @Nullable String id;
  private Parameters parameters = new Parameters();

  /** An output that is named; without a form of its own it has the request's. */
  private record Wanted(String name, Parameters parameters) {}

  private RequestReader(Body body, int headerLength, SharedMemory memory) {
    this.body = body;
    this.json = new JsonCursor(body.bytes(), 0, headerLength);
    this.binary = new BinaryPart(body, headerLength);
    this.memory = memory;
  }

  /**
   * Reads a request.
   *
   * @param headerLength bytes of the JSON part; what follows are binary tensors
   * @param signature of the model; a request that names no output wants all of them
   * @param memory where tensors may lie
   * @throws RequestException if it is not of the protocol's form
   */
  static InferRequest read(Body body, int headerLength, Signature signature, SharedMemory memory)
      throws RequestException {
    var reader = new RequestReader(body, headerLength, memory);
    reader.request();
    return new InferRequest(
        reader.id, reader.inputs, reader.wishes(signature), reader.parameters.timeout());
  }

  private void request() throws RequestException {
    if (!json.take('{')) {
      throw bad("the request must be a JSON object");
    }
    for (var i = 0; json.next(i, '}'); i++) {
      switch (json.name()) {
        case "id" -> id = JsonValues.text(json, "id");
        case "parameters" -> parameters = Parameters.read(json);
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

  private List<Wish> wishes(Signature signature) throws RequestException {
    var form = parameters.formOfAll();
    if (outputs.isEmpty()) {
      return Wish.all(signature, form);
    }
    var wishes = new ArrayList<Wish>(outputs.size());
    for (var output : outputs) {
      var its = output.parameters();
      var into = its.shared().slice(memory, output.name());
      var itsForm = Objects.requireNonNullElse(its.form(), form);
      wishes.add(Wish.of(output.name(), itsForm, its.classes(), into));
    }
    return wishes;
  }

  private Input input() throws RequestException {
    var draft = new InputDraft(body, json);
    for (var i = 0; json.next(i, '}'); i++) {
      switch (json.name()) {
        case "name" -> draft.name(JsonValues.text(json, "the name of an input"));
        case "datatype" -> draft.datatype(JsonValues.text(json, "a datatype"));
        case "shape" -> draft.shape(JsonValues.shape(json));
        case "parameters" -> draft.parameters(Parameters.read(json));
        case "data" -> draft.data();
        default -> json.skip();
      }
    }
    return draft.finish(binary, memory);
  }

  private Wanted output() throws RequestException {
    String name = null;
    var its = new Parameters();
    for (var i = 0; json.next(i, '}'); i++) {
      switch (json.name()) {
        case "name" -> name = JsonValues.text(json, "the name of an output");
        case "parameters" -> its = Parameters.read(json);
        default -> json.skip();
      }
    }
    if (name == null) {
      throw bad("an output has no name");
    }
    return new Wanted(name, its);
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
