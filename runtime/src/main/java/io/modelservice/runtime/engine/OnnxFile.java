package io.modelservice.runtime.engine;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.modelservice.crds.contract.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ONNX file says about itself, read before the engine sees it: weights are skipped, so this
 * costs no memory. Field numbers are those of onnx.proto.
 *
 * @param irVersion of the file's format
 * @param opsets version by operator domain; the default domain is {@code ""}
 * @param externalData locations of weights that lie in files of their own
 */
public record OnnxFile(long irVersion, Map<String, Long> opsets, List<String> externalData) {

  /** Domains whose operators ONNX Runtime brings with it. */
  private static final List<String> KNOWN_DOMAINS =
      List.of(
          "",
          "ai.onnx",
          "ai.onnx.ml",
          "ai.onnx.training",
          "ai.onnx.preview.training",
          "com.microsoft",
          "com.microsoft.nchwc",
          "com.microsoft.experimental",
          "com.ms.internal.nhwc",
          "org.pytorch.aten");

  /**
   * Reads a file.
   *
   * @throws EngineException with ModelInvalid if it is no ONNX model
   */
  public static OnnxFile read(Path file) throws EngineException {
    try (var in = Files.newInputStream(file)) {
      return new Reader(CodedInputStream.newInstance(in, 1 << 16)).model();
    } catch (InvalidProtocolBufferException e) {
      throw invalid("model.onnx is damaged or no ONNX file");
    } catch (IOException e) {
      throw invalid("model.onnx cannot be read");
    }
  }

  private static EngineException invalid(String message) {
    return new EngineException(Reason.ModelInvalid, message);
  }

  /** The opset of the default domain; null where the file names none. */
  public @Nullable Integer opset() {
    var version = opsets.getOrDefault("", opsets.get("ai.onnx"));
    return version == null ? null : version.intValue();
  }

  /**
   * Refuses what must not reach the engine.
   *
   * @param folder of the artifact; external data must lie in it
   */
  public void check(Path folder) throws EngineException {
    for (var domain : opsets.keySet()) {
      if (!KNOWN_DOMAINS.contains(domain)) {
        throw new EngineException(
            Reason.ModelUnsupported,
            "the model uses operators of the domain '%s', which ONNX Runtime does not have"
                .formatted(domain));
      }
    }
    for (var location : externalData) {
      var file = folder.resolve(location).normalize();
      if (!file.startsWith(folder)) {
        throw invalid("the model wants to read '" + location + "', which is outside its artifact");
      }
      if (!Files.isRegularFile(file)) {
        throw new EngineException(
            Reason.ArtifactInvalid,
            "the model's weights are in '%s', which is not in the artifact: upload it too"
                .formatted(location));
      }
    }
  }

  /** Walks the messages of a model. */
  private static final class Reader {
    private static final int DEEPEST = 64;

    private final CodedInputStream in;
    private final Map<String, Long> opsets = new LinkedHashMap<>();
    private final List<String> external = new ArrayList<>();
    private long irVersion;
    private boolean graph;
    private int depth;

    Reader(CodedInputStream in) {
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
        throw invalid("model.onnx is no ONNX file: it has no graph");
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
        throw invalid("the model's graphs are nested too deeply");
      }
      var limit = in.pushLimit(in.readRawVarint32());
      fields(field);
      if (in.getBytesUntilLimit() != 0) {
        throw invalid("model.onnx is damaged");
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
}
