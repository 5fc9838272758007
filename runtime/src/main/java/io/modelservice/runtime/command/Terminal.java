package io.modelservice.runtime.command;

import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.Tensor;
import java.io.PrintStream;

/** What commands write in the same way. */
public final class Terminal {
  private Terminal() {}

  /** One line for each input and output. */
  public static void tell(PrintStream terminal, ModelInfo model) {
    model.inputs().forEach(tensor -> tell(terminal, "input ", tensor));
    model.outputs().forEach(tensor -> tell(terminal, "output", tensor));
  }

  private static void tell(PrintStream terminal, String what, Tensor tensor) {
    terminal.printf("  %s %s %s %s%n", what, tensor.name(), tensor.datatype(), tensor.shape());
  }
}
