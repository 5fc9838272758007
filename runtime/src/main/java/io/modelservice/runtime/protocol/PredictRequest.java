package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modelservice.runtime.protocol.InferRequest.Form;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request of KServe's first protocol (TensorFlow Serving's REST API): {@code instances} has one
 * entry for each row, {@code inputs} one for each tensor. A model with one input takes the values
 * themselves, one with several takes objects by the names of its inputs.
 */
final class PredictRequest {
  private static final ObjectMapper JSON = new ObjectMapper(ClientJson.FACTORY);

  private final Signature signature;

  private PredictRequest(Signature signature) {
    this.signature = signature;
  }

  static InferRequest read(Body body, Signature signature) throws RequestException {
    return new PredictRequest(signature).request(tree(body));
  }

  private static JsonNode tree(Body body) throws RequestException {
    try {
      return JSON.readTree(body.bytes(), 0, body.length());
    } catch (JsonProcessingException e) {
      throw bad("the request is not valid JSON");
    } catch (IOException e) {
      throw bad("the request cannot be read");
    }
  }

  private InferRequest request(JsonNode tree) throws RequestException {
    var instances = tree.get("instances");
    var columns = tree.get("inputs");
    if ((instances == null) == (columns == null)) {
      throw bad("the request needs either \"instances\" or \"inputs\"");
    }
    if (instances != null && !instances.isArray()) {
      throw bad("\"instances\" must be a JSON array, an entry for each row");
    }
    var inputs = new ArrayList<Input>();
    for (var spec : signature.inputs()) {
      inputs.add(input(spec, instances == null ? column(columns, spec) : rows(instances, spec)));
    }
    return new InferRequest(null, inputs, Wish.all(signature, Form.JSON));
  }

  private JsonNode rows(JsonNode instances, TensorSpec spec) throws RequestException {
    var rows = JSON.createArrayNode();
    for (var instance : instances) {
      rows.add(column(instance, spec));
    }
    return rows;
  }

  private JsonNode column(JsonNode values, TensorSpec spec) throws RequestException {
    if (values.isObject()) {
      var value = values.get(spec.name());
      if (value == null) {
        throw bad("input '%s' is missing", spec.name());
      }
      return value;
    }
    if (signature.inputs().size() > 1) {
      throw bad("the model has several inputs: send objects with the names of the inputs");
    }
    return values;
  }

  private static Input input(TensorSpec spec, JsonNode values) throws RequestException {
    var shape = new ArrayList<Long>();
    for (var node = values; node instanceof ArrayNode array; node = node.path(0)) {
      shape.add((long) array.size());
    }
    requireEven(spec, values, shape);
    var text = (values.isArray() ? values : JSON.createArrayNode().add(values)).toString();
    var bytes = text.getBytes(UTF_8);
    var elements =
        ElementReader.read(new JsonCursor(bytes, 0, bytes.length), spec.name(), spec.datatype(), 0);
    return new Input(spec.name(), spec.datatype(), shape, elements);
  }

  private static void requireEven(TensorSpec spec, JsonNode values, List<Long> shape)
      throws RequestException {
    if (!even(values, shape)) {
      throw bad("input '%s' has rows of different lengths", spec.name());
    }
  }

  private static boolean even(JsonNode values, List<Long> shape) {
    if (shape.isEmpty()) {
      return !values.isArray();
    }
    if (values.size() != shape.getFirst()) {
      return false;
    }
    for (var value : values) {
      if (!even(value, shape.subList(1, shape.size()))) {
        return false;
      }
    }
    return true;
  }
}
