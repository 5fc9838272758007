package io.modelservice.runtime.engine;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.contract.Reason;
import java.util.regex.Pattern;

/** Turns what ONNX Runtime says into a reason and one sentence. */
final class OrtErrors {
  private static final int LONGEST = 400;

  /**
   * What ONNX Runtime says when the model is sound but asks for something that it does not know.
   */
  private static final Pattern UNSUPPORTED =
      Pattern.compile(
          "is not a registered function/op|No Op registered|Unsupported model IR version"
              + "|Could not find an implementation|[Oo]pset|No opset import|not implemented"
              + "|no kernel|Unrecognized attribute");

  /** Names of cudaError_t that say that there is no device or no driver for it. */
  private static final Pattern NO_DEVICE =
      Pattern.compile(
          "no CUDA-capable device|CUDA driver version is insufficient|invalid device ordinal"
              + "|cudaErrorNoDevice|cudaErrorInsufficientDriver|cudaErrorInvalidDevice"
              + "|devices? busy or unavailable|CUDA initialization error");

  private static final Pattern DEVICE_IS_FULL =
      Pattern.compile("CUDA failure 2: out of memory|CUDA error 2: out of memory");

  /**
   * Paths, places in ONNX Runtime's own source, the names of its checks, and what is said twice.
   */
  private static final Pattern NOISE =
      Pattern.compile(
          "Error code - ORT_[A-Z_]+ - message: "
              + "|Load model from \\S+ failed: ?"
              + "|This is an invalid model\\. "
              + "|Exception during initialization: "
              + "|/onnxruntime_src/\\S+:\\d+ [^\\[]*?\\) (?=[A-Z\\[])"
              + "|\\[ONNXRuntimeError\\] : \\d+ : [A-Z_]+ : "
              + "| ; GPU=-?\\d+ ; hostname=.*"
              + "|The operator schemas and or other .*?backward compatibility\\. ");

  private OrtErrors() {}

  /** The libraries of a provider, or those of the driver, cannot be loaded. */
  static EngineException onProvider(ExecutionProvider provider, OrtException e) {
    return new EngineException(
        Reason.ProviderUnavailable,
        "%s cannot be used in this pod: %s"
            .formatted(provider, clean(String.valueOf(e.getMessage()))));
  }

  static EngineException onLoad(OrtException e) {
    var said = String.valueOf(e.getMessage());
    if (NO_DEVICE.matcher(said).find()) {
      return new EngineException(
          Reason.ProviderUnavailable, "the pod has no GPU that can be used: " + clean(said));
    }
    if (DEVICE_IS_FULL.matcher(said).find()) {
      return new EngineException(
          Reason.DoesNotFit, "the GPU has too little memory left: " + clean(said));
    }
    var unsupported =
        e.getCode() == OrtErrorCode.ORT_NOT_IMPLEMENTED || UNSUPPORTED.matcher(said).find();
    return unsupported
        ? new EngineException(
            Reason.ModelUnsupported, "ONNX Runtime does not support the model: " + clean(said))
        : new EngineException(
            Reason.ModelInvalid, "ONNX Runtime cannot load model.onnx: " + clean(said));
  }

  static EngineException onRun(OrtException e) {
    var said = clean(String.valueOf(e.getMessage()));
    return e.getCode() == OrtErrorCode.ORT_INVALID_ARGUMENT
        ? new EngineException(Reason.ModelInvalid, said)
        : new EngineException(Reason.InternalError, said);
  }

  /** One line without places of source code. */
  static String clean(String message) {
    var line = NOISE.matcher(message).replaceAll("").replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
