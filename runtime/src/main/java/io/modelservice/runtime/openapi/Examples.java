package io.modelservice.runtime.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Requests of a model for given sizes of its variable dimensions: zeros, as in its warm-up. A mask
 * is ones, since a model that may look at nothing has no answer.
 */
public final class Examples {
  /** Of variable dimensions other than the batch: a token, then pictures and sounds. */
  private static final long[] SIZES = {1, 32, 512, 4_096};

  /** With more numbers than this nobody reads a document. */
  private static final long MOST_ELEMENTS = 4_096;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Signature signature;
  private final List<List<Long>> shapes;

  private Examples(Signature signature, List<List<Long>> shapes) {
    this.signature = signature;
    this.shapes = shapes;
  }

  /**
   * What a model might answer, the smallest first: only a run says whether it does. There are none
   * if an input is too large, or has no JSON form.
   */
  public static List<Examples> of(Signature signature) {
    if (!signature.inputs().stream().allMatch(input -> input.datatype().hasJsonForm())) {
      return List.of();
    }
    var batch = batch(signature.inputs());
    var candidates = new LinkedHashSet<List<List<Long>>>();
    for (var size : SIZES) {
      candidates.add(signature.inputs().stream().map(spec -> shape(spec, batch, size)).toList());
    }
    return candidates.stream()
        .filter(Examples::small)
        .map(shapes -> new Examples(signature, shapes))
        .toList();
  }

  /** The names of the variable dimensions that come first: of the rows of a batch. */
  private static Set<String> batch(List<TensorSpec> inputs) {
    var names = new HashSet<String>();
    for (var spec : inputs) {
      if (!spec.shape().isEmpty() && spec.shape().getFirst() < 0) {
        names.add(spec.dimensionNames().getFirst());
      }
    }
    names.remove("");
    return names;
  }

  private static List<Long> shape(TensorSpec spec, Set<String> batch, long size) {
    var shape = new ArrayList<Long>();
    for (var i = 0; i < spec.shape().size(); i++) {
      var fixed = spec.shape().get(i);
      var row = i == 0 || batch.contains(spec.dimensionNames().get(i));
      shape.add(fixed >= 0 ? fixed : row ? Long.valueOf(1) : Long.valueOf(size));
    }
    return shape;
  }

  private static boolean small(List<List<Long>> shapes) {
    try {
      var elements = 0L;
      for (var shape : shapes) {
        elements = Math.addExact(elements, Shapes.elements(shape));
      }
      return elements <= MOST_ELEMENTS;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** A request of {@code /v2/models/NAME/infer}. */
  public ObjectNode infer() {
    var request = JSON.createObjectNode();
    var inputs = request.putArray("inputs");
    for (var i = 0; i < shapes.size(); i++) {
      inputs.add(input(signature.inputs().get(i), shapes.get(i)));
    }
    if (signature.outputs().stream().anyMatch(output -> !output.datatype().hasJsonForm())) {
      var outputs = request.putArray("outputs");
      signature.outputs().forEach(spec -> outputs.add(wish(spec)));
    }
    return request;
  }

  private static ObjectNode input(TensorSpec spec, List<Long> shape) {
    var input = JSON.createObjectNode().put("name", spec.name());
    input.put("datatype", spec.datatype().name());
    shape.forEach(input.putArray("shape")::add);
    var data = input.putArray("data");
    for (var i = 0L; i < Shapes.elements(shape); i++) {
      data.add(element(spec));
    }
    return input;
  }

  private static ObjectNode wish(TensorSpec spec) {
    var wish = JSON.createObjectNode().put("name", spec.name());
    if (!spec.datatype().hasJsonForm()) {
      wish.putObject("parameters").put("binary_data", true);
    }
    return wish;
  }

  /** Whether KServe's first protocol fits: tensors with a JSON form, all of as many rows. */
  static boolean haveRows(Signature signature) {
    var tensors = Stream.concat(signature.inputs().stream(), signature.outputs().stream()).toList();
    return !signature.inputs().isEmpty()
        && tensors.stream().allMatch(t -> t.datatype().hasJsonForm() && !t.shape().isEmpty())
        && tensors.stream().map(tensor -> tensor.shape().getFirst()).distinct().count() == 1;
  }

  /** A request of {@code /v1/models/NAME:predict}. */
  ObjectNode predict() {
    var request = JSON.createObjectNode();
    var instances = request.putArray("instances");
    for (var row = 0L; row < shapes.getFirst().getFirst(); row++) {
      instances.add(shapes.size() == 1 ? row(0) : named());
    }
    return request;
  }

  private JsonNode named() {
    var row = JSON.createObjectNode();
    for (var i = 0; i < shapes.size(); i++) {
      row.set(signature.inputs().get(i).name(), row(i));
    }
    return row;
  }

  private JsonNode row(int input) {
    var shape = shapes.get(input);
    return nested(signature.inputs().get(input), shape.subList(1, shape.size()));
  }

  private static JsonNode nested(TensorSpec spec, List<Long> shape) {
    if (shape.isEmpty()) {
      return element(spec);
    }
    var array = JSON.createArrayNode();
    for (var i = 0L; i < shape.getFirst(); i++) {
      array.add(nested(spec, shape.subList(1, shape.size())));
    }
    return array;
  }

  private static JsonNode element(TensorSpec spec) {
    var value = spec.name().endsWith("mask") ? 1 : 0;
    var nodes = JSON.getNodeFactory();
    return switch (spec.datatype()) {
      case BOOL -> nodes.booleanNode(value == 1);
      case BYTES -> nodes.textNode("");
      case FP16, BF16, FP32, FP64 -> nodes.numberNode((double) value);
      case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> nodes.numberNode(value);
    };
  }
}
