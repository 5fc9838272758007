package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.modelservice.runtime.protocol.InferRequest.Form;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the JSON part of an inference request; elements of tensors are only located. */
final class RequestReader {
  private static final int MOST_TENSORS = 1024;
  private static final int HIGHEST_RANK = 32;

  private final JsonParser json;
  private final Body body;
  private final BinaryPart binary;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Wanted> outputs = new ArrayList<>();
  private @Nullable String id;
  private Form form = Form.JSON;

  /** An output that is named; without a form of its own it has the request's. */
  private record Wanted(String name, @Nullable Form form) {}

  private RequestReader(JsonParser json, Body body, BinaryPart binary) {
    this.json = json;
    this.body = body;
    this.binary = binary;
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
    try (var json = body.json(0, headerLength)) {
      var reader = new RequestReader(json, body, new BinaryPart(body, headerLength));
      reader.request();
      return new InferRequest(reader.id, reader.inputs, reader.wishes(signature));
    } catch (JsonProcessingException e) {
      throw bad("the request is not valid JSON: %s", JsonErrors.line(e));
    } catch (IOException e) {
      throw bad("the request cannot be read");
    }
  }

  private void request() throws IOException, RequestException {
    expect(json.nextToken(), JsonToken.START_OBJECT, "the request");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = text("id");
        case "parameters" -> form = parameters().binaryOutputs() ? Form.BINARY : Form.JSON;
        case "inputs" -> list("inputs", () -> inputs.add(input()));
        case "outputs" -> list("outputs", () -> outputs.add(output()));
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw bad("the request goes on after its JSON object");
    }
    if (inputs.isEmpty()) {
      throw bad("the request has no inputs");
    }
    binary.finish();
  }

  private List<Wish> wishes(Signature signature) {
    if (outputs.isEmpty()) {
      return signature.outputs().stream().map(output -> new Wish(output.name(), form)).toList();
    }
    return outputs.stream()
        .map(output -> new Wish(output.name(), output.form() == null ? form : output.form()))
        .toList();
  }

  private Input input() throws IOException, RequestException {
    String name = null;
    Datatype datatype = null;
    List<Long> shape = null;
    Elements elements = null;
    Integer size = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = text("the name of an input");
        case "datatype" -> datatype = datatype(text("a datatype"));
        case "shape" -> shape = shape();
        case "parameters" -> size = parameters().binarySize();
        case "data" -> elements = data();
        default -> json.skipChildren();
      }
    }
    var who = Objects.requireNonNullElse(name, "without a name");
    if (size != null) {
      if (elements != null) {
        throw bad("input '%s' has both data and binary_data_size", who);
      }
      elements = binary.next(who, size);
    }
    if (name == null || datatype == null || shape == null || elements == null) {
      throw bad("input '%s' needs name, datatype, shape and data (or binary_data_size)", who);
    }
    return new Input(name, datatype, shape, elements);
  }

  private Elements data() throws IOException, RequestException {
    expect(json.currentToken(), JsonToken.START_ARRAY, "data");
    var from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
    json.skipChildren();
    var to = Math.toIntExact(json.currentTokenLocation().getByteOffset()) + 1;
    return new JsonElements(body, from, to - from);
  }

  private Wanted output() throws IOException, RequestException {
    String name = null;
    Form its = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = text("the name of an output");
        case "parameters" -> its = parameters().form();
        default -> json.skipChildren();
      }
    }
    if (name == null) {
      throw bad("an output has no name");
    }
    return new Wanted(name, its);
  }

  private List<Long> shape() throws IOException, RequestException {
    var shape = new ArrayList<Long>();
    expect(json.currentToken(), JsonToken.START_ARRAY, "shape");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a dimension of a shape");
      var size = json.getLongValue();
      if (size < 0 || shape.size() == HIGHEST_RANK) {
        throw bad("a shape has a negative dimension or more than %d dimensions", HIGHEST_RANK);
      }
      shape.add(size);
    }
    return shape;
  }

  /** What is known of {@code parameters}; others are left alone. */
  private record Parameters(
      @Nullable Integer binarySize, @Nullable Form form, boolean binaryOutputs) {}

  private Parameters parameters() throws IOException, RequestException {
    Integer size = null;
    Form wish = null;
    var all = false;
    expect(json.currentToken(), JsonToken.START_OBJECT, "parameters");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var field = json.currentName();
      json.nextToken();
      switch (field) {
        case "binary_data_size" -> size = size();
        case "binary_data" -> wish = truth(field) ? Form.BINARY : Form.JSON;
        case "binary_data_output" -> all = truth(field);
        default -> json.skipChildren();
      }
    }
    return new Parameters(size, wish, all);
  }

  private int size() throws IOException, RequestException {
    expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "binary_data_size");
    var size = json.getLongValue();
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw bad("binary_data_size %d is out of range", size);
    }
    return (int) size;
  }

  private boolean truth(String what) throws IOException, RequestException {
    if (!json.currentToken().isBoolean()) {
      throw bad("%s must be true or false", what);
    }
    return json.getBooleanValue();
  }

  private String text(String what) throws IOException, RequestException {
    expect(json.currentToken(), JsonToken.VALUE_STRING, what);
    return json.getText();
  }

  private static Datatype datatype(String name) throws RequestException {
    try {
      return Datatype.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw bad("'%s' is not a datatype of the protocol, such as FP32", Names.shortened(name));
    }
  }

  /** Reads one element of a list. */
  @FunctionalInterface
  private interface Element {
    void read() throws IOException, RequestException;
  }

  private void list(String what, Element element) throws IOException, RequestException {
    expect(json.currentToken(), JsonToken.START_ARRAY, what);
    for (var count = 0; json.nextToken() != JsonToken.END_ARRAY; count++) {
      expect(json.currentToken(), JsonToken.START_OBJECT, "an element of " + what);
      if (count == MOST_TENSORS) {
        throw bad("%s has more than %d elements", what, MOST_TENSORS);
      }
      element.read();
    }
  }

  private static void expect(@Nullable JsonToken found, JsonToken wanted, String what)
      throws RequestException {
    if (found != wanted) {
      var form =
          switch (wanted) {
            case START_OBJECT -> "a JSON object";
            case START_ARRAY -> "a JSON array";
            case VALUE_STRING -> "a string";
            default -> "a whole number";
          };
      throw bad("%s must be %s", what, form);
    }
  }
}
