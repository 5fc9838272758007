package io.modelservice.runtime.engine;

import com.google.protobuf.CodedInputStream;
import io.modelservice.runtime.engine.OnnxFile.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the messages of an ONNX model. Field numbers are those of onnx.proto. */
final class OnnxReader {
  private final ProtoWalk walk;
  private final Map<String, Long> opsets = new LinkedHashMap<>();
  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final List<String> external = new ArrayList<>();
  private final Set<String> weights = new HashSet<>();
  private long irVersion;
  private boolean graph;

  OnnxReader(CodedInputStream in) {
    this.walk = new ProtoWalk(in);
  }

  OnnxFile model() throws IOException, EngineException {
    walk.fields(
        field ->
            switch (field) {
              case 1 -> {
                irVersion = walk.number();
                yield true;
              }
              case 7 -> {
                graph = true;
                yield walk.message(this::outerGraph);
              }
              case 8 -> opset();
              case 25 ->
                  walk.message(number -> number == 7 && walk.message(this::node)); // functions
              default -> false;
            });
    if (!graph || irVersion == 0) {
      throw OnnxFile.invalid("model.onnx is no ONNX file: it has no graph");
    }
    return new OnnxFile(irVersion, opsets, asked(), outputs, external.stream().distinct().toList());
  }

  /** Old files list their weights among the inputs, too. */
  private List<Value> asked() {
    return inputs.stream().filter(input -> !weights.contains(input.name())).toList();
  }

  private boolean opset() throws IOException, EngineException {
    var opset = new Opset();
    walk.message(opset);
    opsets.put(opset.domain, opset.version);
    return true;
  }

  /** One operator set: a domain and its version. */
  private final class Opset implements ProtoWalk.Field {
    private String domain = "";
    private long version;

    @Override
    public boolean read(int number) throws IOException {
      switch (number) {
        case 1 -> domain = walk.text();
        case 2 -> version = walk.number();
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  private boolean outerGraph(int number) throws IOException, EngineException {
    return switch (number) {
      case 11 -> inputs.add(OnnxValueReader.read(walk));
      case 12 -> outputs.add(OnnxValueReader.read(walk));
      default -> graph(number);
    };
  }

  private boolean graph(int number) throws IOException, EngineException {
    return switch (number) {
      case 1 -> walk.message(this::node);
      case 5 -> tensor();
      case 15 -> walk.message(part -> part <= 2 && sparse()); // values, indices
      default -> false;
    };
  }

  private boolean node(int number) throws IOException, EngineException {
    return number == 5 && walk.message(this::attribute);
  }

  private boolean attribute(int number) throws IOException, EngineException {
    return switch (number) {
      case 5, 10 -> tensor();
      case 6, 11 -> walk.message(this::graph);
      default -> false;
    };
  }

  private boolean tensor() throws IOException, EngineException {
    var tensor = new OnnxTensorReader(walk);
    walk.message(tensor);
    tensor.check();
    weights.add(tensor.name());
    external.addAll(tensor.locations());
    return true;
  }

  /** The parts of a sparse tensor: only its other dimensions tell how much there must be. */
  private boolean sparse() throws IOException, EngineException {
    var tensor = new OnnxTensorReader(walk);
    walk.message(tensor);
    weights.add(tensor.name());
    external.addAll(tensor.locations());
    return true;
  }
}
