package io.modelservice.runtime.engine;

import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A run on zeros, so that the first user does not pay for what the engine does only once. */
public final class WarmUp {
  private static final int RUNS = 3;

  private WarmUp() {}

  /**
   * Runs a workspace a few times; a variable dimension counts as 1.
   *
   * @throws EngineException if a run fails
   */
  public static void run(Signature signature, Workspace workspace) throws EngineException {
    var outputs = IntStream.range(0, signature.outputs().size()).boxed().toList();
    for (var run = 0; run < RUNS; run++) {
      for (var i = 0; i < signature.inputs().size(); i++) {
        fill(signature, workspace, i);
      }
      workspace.run(outputs, new Cancel());
    }
  }

  /** Whether zeros of these shapes are a request that the model must be able to answer. */
  public static boolean binding(Signature signature) {
    return signature.inputs().stream().allMatch(input -> input.fixed());
  }

  private static void fill(Signature signature, Workspace workspace, int index)
      throws EngineException {
    var spec = signature.inputs().get(index);
    List<Long> shape =
        spec.shape().stream().map(size -> size < 0 ? Long.valueOf(1) : size).toList();
    if (spec.datatype() == Datatype.BYTES) {
      var empty = new String[Math.toIntExact(Shapes.elements(shape))];
      Arrays.fill(empty, "");
      workspace.strings(index, shape, empty);
      return;
    }
    var memory = workspace.input(index, shape);
    while (memory.remaining() >= Long.BYTES) {
      memory.putLong(0);
    }
    while (memory.hasRemaining()) {
      memory.put((byte) 0);
    }
  }
}
