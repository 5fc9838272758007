package io.modelservice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.contract.Reason;
import org.junit.jupiter.api.Test;

/** What ONNX Runtime says becomes a reason and one line. */
class OrtErrorsTest {
  /** How a check of a CUDA call tells its place. */
  private static final String PLACE =
      " ; GPU=0 ; hostname=gpu-1 ;"
          + " file=/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_execution_provider.cc ;"
          + " line=282 ; expr=cudaSetDevice(info_.device_id);";

  @Test
  void messagesAreOneLineWithoutPlacesInTheSource() {
    var said =
        "Error code - ORT_FAIL - message: Load model from /var/x/model.onnx failed:\n"
            + "This is an invalid model. Error in Node:a";
    assertThat(OrtErrors.clean(said)).isEqualTo("Error in Node:a");
  }

  @Test
  void aPodWithoutADeviceIsNotABadModel() {
    var error = OrtErrors.onLoad(said("CUDA failure 100: no CUDA-capable device is detected"));

    assertThat(error.reason()).isEqualTo(Reason.ProviderUnavailable);
    assertThat(error)
        .hasMessage(
            "the pod has no GPU that can be used: CUDA failure 100: no CUDA-capable device is"
                + " detected");
  }

  @Test
  void aFullDeviceIsNotABadModel() {
    var error = OrtErrors.onLoad(said("CUDA failure 2: out of memory"));

    assertThat(error.reason()).isEqualTo(Reason.DoesNotFit);
    assertThat(error)
        .hasMessage("the GPU has too little memory left: CUDA failure 2: out of memory");
  }

  @Test
  void aProviderWithoutItsLibrariesIsNamed() {
    var missing = "libcuda.so.1: cannot open shared object file: No such file or directory";
    var error = OrtErrors.onProvider(ExecutionProvider.CUDA, said(missing));

    assertThat(error.reason()).isEqualTo(Reason.ProviderUnavailable);
    assertThat(error).hasMessageStartingWith("CUDA cannot be used in this pod: " + missing);
  }

  private static OrtException said(String what) {
    return new OrtException(OrtErrorCode.ORT_FAIL, what + PLACE);
  }
}
