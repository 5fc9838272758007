package io.modelservice.runtime.engine;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.modelservice.crds.contract.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ONNX file says about itself, read before the engine sees it: weights are skipped, so this
 * costs no memory.
 *
 * @param irVersion of the file's format
 * @param opsets version by operator domain; the default domain is {@code ""}
 * @param externalData locations of weights that lie in files of their own
 */
public record OnnxFile(long irVersion, Map<String, Long> opsets, List<String> externalData) {

  private static final int LONGEST_NAME = 200;

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
      return new OnnxReader(CodedInputStream.newInstance(in, 1 << 16)).model();
    } catch (InvalidProtocolBufferException e) {
      throw invalid("model.onnx is damaged or no ONNX file");
    } catch (IOException e) {
      throw invalid("model.onnx cannot be read");
    }
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
   * @param folder of the artifact; external data must lie in it
   */
  public void check(Path folder) throws EngineException {
    for (var domain : opsets.keySet()) {
      if (!KNOWN_DOMAINS.contains(domain)) {
        throw new EngineException(
            Reason.ModelUnsupported,
            "the model uses operators of the domain '%s', which ONNX Runtime does not have"
                .formatted(printable(domain)));
      }
    }
    for (var location : externalData) {
      check(folder, location);
    }
  }

  private static void check(Path folder, String location) throws EngineException {
    var name = printable(location);
    var file = folder;
    try {
      file = folder.resolve(location).normalize();
    } catch (InvalidPathException e) {
      throw invalid("the model's weights are in '" + name + "', which names no file");
    }
    if (!file.startsWith(folder)) {
      throw invalid("the model wants to read '" + name + "', which is outside its artifact");
    }
    if (!Files.isRegularFile(file)) {
      throw new EngineException(
          Reason.ArtifactInvalid,
          "the model's weights are in '" + name + "', not in the artifact: upload it too");
    }
  }

  /** What a file says, fit for one line of a message. */
  private static String printable(String text) {
    var start = text.substring(0, Math.min(text.length(), LONGEST_NAME));
    return start.replaceAll("\\p{Cntrl}", "?") + (text.equals(start) ? "" : "...");
  }
}
