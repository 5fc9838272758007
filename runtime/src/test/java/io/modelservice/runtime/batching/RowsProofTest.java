package io.modelservice.runtime.batching;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.TestModels;
import io.modelservice.runtime.engine.Execution;
import io.modelservice.runtime.engine.OrtEngine;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether requests may share runs is seen in runs, not believed of a file. */
class RowsProofTest {

  private static Optional<String> problem(String model) throws Exception {
    try (var loaded =
            new OrtEngine()
                .load(TestModels.folder(model).resolve("model.onnx"), Execution.single());
        var workspace = loaded.newWorkspace()) {
      return RowsProof.problem(loaded.signature(), workspace);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "wide", "identity-bytes", "identity-fp16", "identity-bf16"})
  void rowsThatStayByThemselvesMayShareARun(String model) throws Exception {
    assertThat(problem(model)).isEmpty();
  }

  @Test
  void rowsThatDependOnEachOtherMayNot() throws Exception {
    assertThat(problem("mixing")).hasValue("rows of output 'out' depend on each other");
  }

  @Test
  void anOutputThatHasOtherRowsThanTheInputsIsSeen() throws Exception {
    assertThat(problem("liar")).hasValueSatisfying(why -> assertThat(why).contains("output 'out'"));
  }

  @Test
  void aModelWithoutAVariableFirstDimensionHasNoRows() throws Exception {
    assertThat(problem("loudness"))
        .hasValueSatisfying(why -> assertThat(why).contains("is not a batch's"));
  }
}
