package io.modelservice.runtime.engine;

import io.modelservice.crds.contract.Reason;

/**
 * Admission by memory: a model is loaded only if what it is estimated to need, and 30 % more, is
 * there. Without it the kernel would kill the process, and the model that answers with it.
 */
public final class MemoryCheck {
  /**
   * Resident memory after load and warm-up by bytes of the artifact, at most, measured on
   * EfficientNet-Lite0 and MiniLM (1.9 and 1.4): weights, their prepacked copies, activations.
   */
  private static final double FACTOR = 2;

  /** Resident memory of a session with next to no weights. */
  private static final long FLOOR = 8L << 20;

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

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
