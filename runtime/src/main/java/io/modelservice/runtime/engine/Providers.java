package io.modelservice.runtime.engine;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.contract.Reason;
import java.util.List;
import java.util.Set;

/** ONNX Runtime's execution providers: which to try, and how each is asked for. */
final class Providers {
  private static final int FIRST_DEVICE = 0;

  private Providers() {}

  /**
   * What a load tries, one after the other.
   *
   * @param built what the native library was built with
   * @throws EngineException with ProviderUnavailable if it was not built with what is wanted
   */
  static List<ExecutionProvider> toTry(ExecutionProvider wanted, Set<OrtProvider> built)
      throws EngineException {
    return switch (wanted) {
      case Auto ->
          built.contains(OrtProvider.CUDA)
              ? List.of(ExecutionProvider.CUDA, ExecutionProvider.CPU)
              : List.of(ExecutionProvider.CPU);
      case CPU -> List.of(ExecutionProvider.CPU);
      case CUDA -> only(wanted, built.contains(OrtProvider.CUDA));
      case TensorRT -> only(wanted, built.contains(OrtProvider.TENSOR_RT));
    };
  }

  private static List<ExecutionProvider> only(ExecutionProvider wanted, boolean built)
      throws EngineException {
    if (!built) {
      throw new EngineException(
          Reason.ProviderUnavailable,
          "the image runs models on the CPU only: %s needs the image runtime-cuda"
              .formatted(wanted));
    }
    return List.of(wanted);
  }

  /**
   * Asks for a provider.
   *
   * @throws OrtException if its libraries, or those of the driver, are not there
   */
  static void add(SessionOptions options, ExecutionProvider provider) throws OrtException {
    switch (provider) {
      case CUDA -> addCuda(options);
      case TensorRT -> {
        options.addTensorrt(FIRST_DEVICE);
        addCuda(options);
      }
      case Auto, CPU -> {} // the CPU is always there
    }
  }

  /** The threads of a run: on a device the CPU only hands over work. */
  static int threads(Execution execution, ExecutionProvider provider) {
    return provider == ExecutionProvider.CPU ? execution.threads() : 1;
  }

  private static void addCuda(SessionOptions options) throws OrtException {
    try (var cuda = new OrtCUDAProviderOptions(FIRST_DEVICE)) {
      // the exhaustive search would be paid again by the first request of each new shape
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      // twice the last size, the default, takes memory that the next model needs beside this one
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      options.addCUDA(cuda);
    }
  }
}
