package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Triton's wire test model: INPUT0 and INPUT1, INT32 [-1, 16], give their sum OUTPUT0 and their
 * difference OUTPUT1.
 *
 * @param name under which the server has it
 */
record SimpleModel(String name) {
  static final int ROW = 16;
  static final List<String> INPUTS = List.of("INPUT0", "INPUT1");
  static final List<String> OUTPUTS = List.of("OUTPUT0", "OUTPUT1");

  String path() {
    return "/v2/models/" + name;
  }

  String infer() {
    return path() + "/infer";
  }

  /** Numbers of both signs, different in every place. */
  static int[] values(String tensor) {
    IntUnaryOperator first = i -> 7 * i - 30;
    IntUnaryOperator second = i -> i * i - 5;
    return switch (tensor) {
      case "INPUT0" -> row(first);
      case "INPUT1" -> row(second);
      case "OUTPUT0" -> row(i -> first.applyAsInt(i) + second.applyAsInt(i));
      case "OUTPUT1" -> row(i -> first.applyAsInt(i) - second.applyAsInt(i));
      default -> throw new IllegalArgumentException("the model has no tensor " + tensor);
    };
  }

  private static int[] row(IntUnaryOperator element) {
    return IntStream.range(0, ROW).map(element).toArray();
  }

  /** A request for all outputs with flat data of one row. */
  static ObjectNode request() {
    return request(1);
  }

  /** The same row again and again. */
  static ObjectNode request(int rows) {
    var request = JsonNodeFactory.instance.objectNode();
    var inputs = request.putArray("inputs");
    for (var name : INPUTS) {
      var input = tensor(name, rows);
      var data = input.putArray("data");
      IntStream.range(0, rows).forEach(row -> data(data, values(name)));
      inputs.add(input);
    }
    return request;
  }

  /** One input of one row as flat JSON. */
  static ObjectNode input(String name) {
    var input = tensor(name, 1);
    data(input.putArray("data"), values(name));
    return input;
  }

  /** Name, datatype and shape. */
  static ObjectNode tensor(String name, int rows) {
    var input = JsonNodeFactory.instance.objectNode().put("name", name).put("datatype", "INT32");
    input.putArray("shape").add(rows).add(ROW);
    return input;
  }

  static void data(ArrayNode array, int[] values) {
    Arrays.stream(values).forEach(array::add);
  }

  /** An output that a request wishes for, as JSON. */
  static ObjectNode wish(String output) {
    return JsonNodeFactory.instance.objectNode().put("name", output);
  }

  /** The answer must have both outputs, right, as JSON. */
  void verify(JsonNode answer) {
    expect("model_name", name, answer.path("model_name").asText());
    for (var output : OUTPUTS) {
      verify(output, output(answer, output));
    }
  }

  /** The output with that name in an answer. */
  static JsonNode output(JsonNode answer, String name) {
    for (var output : answer.path("outputs")) {
      if (output.path("name").asText().equals(name)) {
        return output;
      }
    }
    throw new ViolationException("the answer has no output " + name);
  }

  /** Names of the outputs of an answer, in its order. */
  static List<String> outputs(JsonNode answer) {
    var names = new ArrayList<String>();
    answer.path("outputs").forEach(output -> names.add(output.path("name").asText()));
    return names;
  }

  /** The output must have one row, right, as JSON. */
  static void verify(String name, JsonNode output) {
    verifyHead(output);
    unless(output.path("data").isArray(), name + " has no data");
    verify(name, elements(output.path("data")));
  }

  /** Datatype and shape of an output of one row. */
  static void verifyHead(JsonNode output) {
    expect("datatype", "INT32", output.path("datatype").asText());
    expect("shape", "[1,16]", output.path("shape").toString());
  }

  static void verify(String name, int[] elements) {
    expect(name, Arrays.toString(values(name)), Arrays.toString(elements));
  }

  /** The elements of an array, nested or not, row-major. */
  static int[] elements(JsonNode data) {
    var elements = IntStream.builder();
    collect(data, elements);
    return elements.build().toArray();
  }

  private static void collect(JsonNode data, IntStream.Builder elements) {
    for (var element : data) {
      if (element.isArray()) {
        collect(element, elements);
      } else {
        unless(element.isIntegralNumber(), "an element is " + element + ", not an integer");
        elements.add(element.intValue());
      }
    }
  }
}
