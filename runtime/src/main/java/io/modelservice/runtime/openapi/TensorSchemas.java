package io.modelservice.runtime.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.math.BigInteger;
import java.util.List;

/** JSON schemas of a model's tensors in the Open Inference Protocol. */
final class TensorSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BITS = 8;

  private TensorSchemas() {}

  /** The inputs of a request: each once, in any order. */
  static JsonNode inputs(Signature signature) {
    var count = signature.inputs().size();
    return list(signature.inputs()).put("minItems", count).put("maxItems", count);
  }

  /** The outputs of an answer: all, or those asked for. */
  static JsonNode outputs(Signature signature) {
    return list(signature.outputs()).put("maxItems", signature.outputs().size());
  }

  /** One of the names of tensors. */
  static JsonNode names(List<TensorSpec> tensors) {
    var schema = JSON.createObjectNode();
    var names = schema.putArray("enum");
    tensors.forEach(tensor -> names.add(tensor.name()));
    return schema;
  }

  private static ObjectNode list(List<TensorSpec> tensors) {
    var schema = JSON.createObjectNode().put("type", "array");
    var choice = schema.putObject("items").putArray("oneOf");
    tensors.forEach(tensor -> choice.add(tensor(tensor)));
    return schema;
  }

  private static ObjectNode tensor(TensorSpec spec) {
    var schema = JSON.createObjectNode().put("type", "object");
    schema.putArray("required").add("name").add("datatype").add("shape");
    var properties = schema.putObject("properties");
    properties.putObject("name").put("const", spec.name());
    properties.putObject("datatype").put("const", spec.datatype().name());
    properties.set("shape", shape(spec));
    properties.set("data", data(spec.datatype()));
    properties
        .putObject("parameters")
        .put("type", "object")
        .putObject("properties")
        .putObject("binary_data_size")
        .put("type", "integer")
        .put("minimum", 0);
    return schema;
  }

  private static ObjectNode shape(TensorSpec spec) {
    var rank = spec.shape().size();
    var schema = JSON.createObjectNode().put("type", "array");
    schema.put("minItems", rank).put("maxItems", rank);
    if (rank == 0) {
      return schema;
    }
    var dimensions = schema.putArray("prefixItems");
    for (var i = 0; i < rank; i++) {
      var size = spec.shape().get(i);
      if (size >= 0) {
        dimensions.addObject().put("const", size);
      } else {
        var variable = dimensions.addObject().put("type", "integer").put("minimum", 0);
        var name = spec.dimensionNames().get(i);
        if (!name.isEmpty()) {
          variable.put("description", name);
        }
      }
    }
    return schema;
  }

  private static ObjectNode data(Datatype datatype) {
    if (!datatype.hasJsonForm()) {
      return JSON.createObjectNode()
          .put("maxItems", 0)
          .put("description", datatype + " has no JSON form: send it as a binary tensor");
    }
    var schema = JSON.createObjectNode().put("type", "array");
    schema.put("description", "Row-major, flat or nested");
    var nested = JSON.createObjectNode().put("type", "array");
    schema.putObject("items").putArray("anyOf").add(element(datatype)).add(nested);
    return schema;
  }

  private static ObjectNode element(Datatype datatype) {
    var schema = JSON.createObjectNode();
    return switch (datatype) {
      case BOOL -> schema.put("type", "boolean");
      case BYTES -> schema.put("type", "string");
      case FP16, BF16, FP32, FP64 -> {
        schema.putArray("type").add("number").add("string");
        yield schema.put("description", "A number, \"NaN\", \"Infinity\" or \"-Infinity\"");
      }
      case INT8, INT16, INT32, INT64 -> {
        var half = BigInteger.ONE.shiftLeft(BITS * datatype.size() - 1);
        yield whole(half.negate(), half.subtract(BigInteger.ONE));
      }
      case UINT8, UINT16, UINT32, UINT64 -> {
        var all = BigInteger.ONE.shiftLeft(BITS * datatype.size());
        yield whole(BigInteger.ZERO, all.subtract(BigInteger.ONE));
      }
    };
  }

  private static ObjectNode whole(BigInteger least, BigInteger most) {
    return JSON.createObjectNode()
        .put("type", "integer")
        .put("minimum", least)
        .put("maximum", most);
  }
}
