package io.modelservice.runtime.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.modelservice.crds.contract.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ONNX file says about itself, read before the engine sees it: weights are skipped, so this
 * costs no memory.
 *
 * @param irVersion of the file's format
 * @param opsets version by operator domain; the default domain is {@code ""}
 * @param inputs that a request must bring; weights are none
 * @param externalData locations of weights that lie in files of their own
 */
public record OnnxFile(
    long irVersion,
    Map<String, Long> opsets,
    List<Value> inputs,
    List<Value> outputs,
    List<String> externalData) {

  /** Newest format that ONNX Runtime 1.28 reads. */
  private static final long NEWEST_IR_VERSION = 13;

  private static final int LONGEST_NAME = 200;
  private static final byte[] LFS_POINTER = "version https://git-lfs".getBytes(US_ASCII);

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
   * An input or output.
   *
   * @param elementType by TensorProto.DataType; 0 if it is no tensor
   * @param shape -1 is a variable dimension
   */
  public record Value(String name, int elementType, List<Long> shape) {

    /** Fit for one line of a message. */
    public String printableName() {
      return printable(name);
    }
  }

  /**
   * Reads a file.
   *
   * @throws EngineException with ModelInvalid if it is no ONNX model
   */
  public static OnnxFile read(Path file) throws EngineException {
    try (var in = Files.newInputStream(file)) {
      return read(in);
    } catch (IOException e) {
      throw invalid("model.onnx cannot be read");
    }
  }

  /**
   * Reads to the end; weights are skipped by {@link InputStream#skip}.
   *
   * @throws EngineException with ModelInvalid if it is no ONNX model
   * @throws IOException of the stream
   */
  public static OnnxFile read(InputStream in) throws EngineException, IOException {
    var whole = new PushbackInputStream(in, LFS_POINTER.length);
    refusePointer(whole);
    try {
      return new OnnxReader(CodedInputStream.newInstance(whole, 1 << 16)).model();
    } catch (InvalidProtocolBufferException e) {
      throw invalid("model.onnx is damaged or no ONNX file");
    }
  }

  /** Repositories are often copied without the large files. */
  private static void refusePointer(PushbackInputStream in) throws EngineException, IOException {
    var head = in.readNBytes(LFS_POINTER.length);
    if (Arrays.equals(head, LFS_POINTER)) {
      throw invalid(
          "model.onnx is a Git LFS pointer, not the file that it stands for: run git lfs pull, then"
              + " upload it");
    }
    in.unread(head);
  }

  static EngineException invalid(String message) {
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
   * @param paths of the artifact's files; external data must be among them
   */
  public void check(Collection<String> paths) throws EngineException {
    if (irVersion > NEWEST_IR_VERSION) {
      throw new EngineException(
          Reason.ModelUnsupported,
          "the file has IR version %d, ONNX Runtime reads up to %d"
              .formatted(irVersion, NEWEST_IR_VERSION));
    }
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw invalid("the model has no %s".formatted(inputs.isEmpty() ? "inputs" : "outputs"));
    }
    for (var domain : opsets.keySet()) {
      if (!KNOWN_DOMAINS.contains(domain)) {
        throw new EngineException(
            Reason.ModelUnsupported,
            "the model uses operators of the domain '%s', which ONNX Runtime does not have"
                .formatted(printable(domain)));
      }
    }
    for (var location : externalData) {
      check(paths, location);
    }
  }

  private static void check(Collection<String> paths, String location) throws EngineException {
    var name = printable(location);
    var file = Path.of("");
    try {
      file = Path.of(location).normalize();
    } catch (InvalidPathException e) {
      throw invalid("the model's weights are in '" + name + "', which names no file");
    }
    if (file.isAbsolute() || file.startsWith("..")) {
      throw invalid("the model wants to read '" + name + "', which is outside its artifact");
    }
    if (!paths.contains(file.toString())) {
      throw new EngineException(
          Reason.ArtifactInvalid,
          "the model's weights are in '" + name + "', not in the artifact: upload it too");
    }
  }

  /** What a file says, fit for one line of a message. */
  static String printable(String text) {
    var start = text.substring(0, Math.min(text.length(), LONGEST_NAME));
    return start.replaceAll("\\p{Cntrl}", "?") + (text.equals(start) ? "" : "...");
  }
}
