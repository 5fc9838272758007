package io.modelservice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.onnxruntime.OrtProvider;
import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.contract.Reason;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a model runs, by what the user wants and what the image has. */
class ProvidersTest {
  private static final Set<OrtProvider> CPU_IMAGE = EnumSet.of(OrtProvider.CPU);
  private static final Set<OrtProvider> CUDA_IMAGE =
      EnumSet.of(OrtProvider.CPU, OrtProvider.CUDA, OrtProvider.TENSOR_RT);

  @Test
  void autoIsTheCpuWhereTheImageHasNothingElse() throws EngineException {
    assertThat(Providers.toTry(ExecutionProvider.Auto, CPU_IMAGE))
        .containsExactly(ExecutionProvider.CPU);
  }

  @Test
  void autoTriesCudaFirstWhereTheImageHasIt() throws EngineException {
    assertThat(Providers.toTry(ExecutionProvider.Auto, CUDA_IMAGE))
        .containsExactly(ExecutionProvider.CUDA, ExecutionProvider.CPU);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Auto")
  void whatIsNamedIsNeverReplaced(ExecutionProvider wanted) throws EngineException {
    assertThat(Providers.toTry(wanted, CUDA_IMAGE)).containsExactly(wanted);
  }

  @ParameterizedTest
  @EnumSource(names = {"CUDA", "TensorRT"})
  void whatTheImageLacksIsRefusedWithTheImageThatHasIt(ExecutionProvider wanted) {
    assertThatThrownBy(() -> Providers.toTry(wanted, CPU_IMAGE))
        .hasMessageContaining(wanted.name())
        .hasMessageContaining("runtime-cuda")
        .asInstanceOf(type(EngineException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ProviderUnavailable));
  }

  @Test
  void onADeviceTheCpuOnlyHandsOverWork() {
    var execution = new Execution(ExecutionProvider.Auto, 4);

    assertThat(Providers.threads(execution, ExecutionProvider.CPU)).isEqualTo(4);
    assertThat(Providers.threads(execution, ExecutionProvider.CUDA)).isEqualTo(1);
  }
}
