package io.modelservice.runtime.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tensor over memory of ours, kept from run to run: a new one is made only when the shape
 * changes, new memory only when it grows.
 */
final class NativeTensor implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final OrtModel model;
  private final TensorSpec spec;
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);
  private List<Long> shape = List.of();
  private @Nullable OnnxTensor tensor;

  NativeTensor(OrtModel model, TensorSpec spec) {
    this.model = model;
    this.spec = spec;
  }

  TensorSpec spec() {
    return spec;
  }

  List<Long> shape() {
    return shape;
  }

  /** Memory for the shape, from position 0 to its limit; what it holds is left over. */
  ByteBuffer reserve(List<Long> wanted) throws EngineException {
    if (tensor == null || !shape.equals(wanted)) {
      renew(wanted);
    }
    return data();
  }

  /** The same memory as {@link #reserve} gave. */
  ByteBuffer data() {
    return memory.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
  }

  OnnxTensor tensor() {
    if (tensor == null) {
      throw new IllegalStateException("no value was set for '" + spec.name() + "'");
    }
    return tensor;
  }

  /** Takes strings instead of memory. */
  void strings(List<Long> itsShape, String[] elements) throws EngineException {
    close();
    try {
      tensor = OnnxTensor.createTensor(model.environment(), elements, array(itsShape));
      shape = List.copyOf(itsShape);
    } catch (OrtException e) {
      throw OrtErrors.onRun(e);
    }
  }

  private void renew(List<Long> wanted) throws EngineException {
    var bytes = bytes(wanted);
    close();
    if (memory.capacity() != bytes) {
      memory = allocate(bytes);
    }
    try {
      tensor = OrtTypes.tensor(model.environment(), spec.datatype(), data(), array(wanted));
      shape = List.copyOf(wanted);
    } catch (OrtException e) {
      throw OrtErrors.onRun(e);
    }
  }

  private int bytes(List<Long> wanted) throws EngineException {
    try {
      return Math.toIntExact(
          Math.multiplyExact(Shapes.elements(wanted), (long) spec.datatype().size()));
    } catch (ArithmeticException e) {
      throw new EngineException(
          Reason.ModelInvalid, "tensor '" + spec.name() + "' would be larger than 2 GiB");
    }
  }

  private static ByteBuffer allocate(int bytes) throws EngineException {
    try {
      // an aligned slice also gives up the rest at its end
      var room = Math.addExact(bytes, 2 * ALIGNMENT);
      return ByteBuffer.allocateDirect(room).alignedSlice(ALIGNMENT).slice(0, bytes);
    } catch (OutOfMemoryError | ArithmeticException e) {
      throw new EngineException(
          Reason.DoesNotFit, "there is no memory for a tensor of " + bytes + " bytes");
    }
  }

  private static long[] array(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
  }
}
