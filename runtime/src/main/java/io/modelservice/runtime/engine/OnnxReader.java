package io.modelservice.runtime.engine;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks the messages of an ONNX model. Field numbers are those of onnx.proto. */
final class OnnxReader {
  private static final int DEEPEST = 64;

  private final CodedInputStream in;
  private final Map<String, Long> opsets = new LinkedHashMap<>();
  private final List<String> external = new ArrayList<>();
  private long irVersion;
  private boolean graph;
  private int depth;

  OnnxReader(CodedInputStream in) {
    this.in = in;
  }

  /** What to do with one field; false leaves it to be skipped. */
  @FunctionalInterface
  private interface Field {
    boolean read(int number) throws IOException, EngineException;
  }

  OnnxFile model() throws IOException, EngineException {
    fields(
        field ->
            switch (field) {
              case 1 -> {
                irVersion = in.readInt64();
                yield true;
              }
              case 7 -> {
                graph = true;
                yield message(this::graph);
              }
              case 8 -> opset();
              case 25 -> message(number -> number == 7 && message(this::node)); // functions
              default -> false;
            });
    if (!graph || irVersion == 0) {
      throw OnnxFile.invalid("model.onnx is no ONNX file: it has no graph");
    }
    return new OnnxFile(irVersion, opsets, external.stream().distinct().toList());
  }

  private void fields(Field field) throws IOException, EngineException {
    for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!field.read(WireFormat.getTagFieldNumber(tag)) && !in.skipField(tag)) {
        return;
      }
    }
  }

  private boolean message(Field field) throws IOException, EngineException {
    if (++depth > DEEPEST) {
      throw OnnxFile.invalid("the model's graphs are nested too deeply");
    }
    var limit = in.pushLimit(in.readRawVarint32());
    fields(field);
    if (in.getBytesUntilLimit() != 0) {
      throw OnnxFile.invalid("model.onnx is damaged");
    }
    in.popLimit(limit);
    depth--;
    return true;
  }

  private boolean opset() throws IOException, EngineException {
    var opset = new Opset();
    message(opset);
    opsets.put(opset.domain, opset.version);
    return true;
  }

  /** One operator set: a domain and its version. */
  private final class Opset implements Field {
    private String domain = "";
    private long version;

    @Override
    public boolean read(int number) throws IOException {
      switch (number) {
        case 1 -> domain = in.readStringRequireUtf8();
        case 2 -> version = in.readInt64();
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  private boolean graph(int number) throws IOException, EngineException {
    return switch (number) {
      case 1 -> message(this::node);
      case 5 -> message(this::tensor);
      case 15 -> message(part -> part <= 2 && message(this::tensor)); // values, indices
      default -> false;
    };
  }

  private boolean node(int number) throws IOException, EngineException {
    return number == 5 && message(this::attribute);
  }

  private boolean attribute(int number) throws IOException, EngineException {
    return switch (number) {
      case 5, 10 -> message(this::tensor);
      case 6, 11 -> message(this::graph);
      default -> false;
    };
  }

  private boolean tensor(int number) throws IOException, EngineException {
    return number == 13 && externalEntry();
  }

  private boolean externalEntry() throws IOException, EngineException {
    var entry = new Entry();
    message(entry);
    if (entry.key.equals("location")) {
      external.add(entry.value);
    }
    return true;
  }

  /** A key and its value. */
  private final class Entry implements Field {
    private String key = "";
    private String value = "";

    @Override
    public boolean read(int number) throws IOException {
      switch (number) {
        case 1 -> key = in.readStringRequireUtf8();
        case 2 -> value = in.readStringRequireUtf8();
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
