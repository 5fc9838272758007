package io.modelservice.runtime.engine;

import io.modelservice.crds.contract.Reason;

/**
 * Admission by memory: a model is loaded only if what it is estimated to need, and 30 % more, is
 * there. Without it the kernel would kill the process, and the model that answers with it.
 */
public final class MemoryCheck {
  /**
   * Memory by bytes of the artifact: weights, the copies that ONNX Runtime prepacks, and what the
   * load itself takes. Measured: 100 MB of MatMul weights take 185 to 225 MB.
   */
  private static final double FACTOR = 2.2;

  /** Memory of a session and its lanes beside the weights; EfficientNet-Lite0 takes 60 to 67 MB. */
  private static final long FLOOR = 32L << 20;

  private static final double MARGIN = 1.3;

  private final Memory memory;

  public MemoryCheck(Memory memory) {
    this.memory = memory;
  }

  /** Host memory that a loaded model needs, by the bytes of its artifact. */
  public static long estimate(long artifactBytes) {
    return FLOOR + (long) (artifactBytes * FACTOR);
  }

  /**
   * Passes if there is room.
   *
   * @throws EngineException with DoesNotFit and the numbers
   */
  public void admit(long artifactBytes) throws EngineException {
    var needed = (long) (estimate(artifactBytes) * MARGIN);
    var free = memory.free();
    if (free < needed) {
      throw new EngineException(
          Reason.DoesNotFit,
          "the model needs about %d MiB, the pod has %d MiB left: raise the memory limit by %d MiB"
              .formatted(mebibytes(needed), free >> 20, mebibytes(needed - free)));
    }
  }

  /**
   * Whether there is room if everything grew to twice its size. A run of twice the rows at most
   * doubles what ONNX Runtime's arenas hold, which is a part of it.
   */
  public boolean couldDouble() {
    return memory.free() - memory.promisedToJava() > memory.held();
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
