package io.modelservice.runtime.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * Makes tensors of the unsigned types above 8 bits. ONNX Runtime and the native part of its Java
 * binding know them, but up to 1.28 the binding has no public way to make one, for Java has no such
 * types. This takes the steps that its public methods take for others.
 */
final class UnsignedTensors {
  private static final Supplier<UnsignedTensors> BINDING = binding();

  private final Field api;
  private final Field allocator;
  private final Field allocatorHandle;
  private final Method newHandle;
  private final Constructor<TensorInfo> newInfo;
  private final Constructor<OnnxTensor> newTensor;

  private UnsignedTensors() throws ReflectiveOperationException {
    var allocators = Class.forName("ai.onnxruntime.OrtAllocator");
    api = open(Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle"));
    allocator = open(OrtEnvironment.class.getDeclaredField("defaultAllocator"));
    allocatorHandle = open(allocators.getDeclaredField("handle"));
    newHandle =
        open(
            OnnxTensor.class.getDeclaredMethod(
                "createTensorFromBuffer",
                long.class,
                long.class,
                Buffer.class,
                int.class,
                long.class,
                long[].class,
                int.class));
    newInfo =
        open(
            TensorInfo.class.getDeclaredConstructor(
                long[].class, OnnxJavaType.class, OnnxTensorType.class));
    newTensor =
        open(
            OnnxTensor.class.getDeclaredConstructor(
                long.class, long.class, TensorInfo.class, Buffer.class, boolean.class));
  }

  /** Fails when it is asked, not when this class is loaded: that would end a lane's thread. */
  private static Supplier<UnsignedTensors> binding() {
    try {
      var found = new UnsignedTensors();
      return () -> found;
    } catch (ReflectiveOperationException e) {
      return () -> {
        throw new IllegalStateException("ONNX Runtime's Java binding is of another version", e);
      };
    }
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  /**
   * A tensor over direct memory, from its position to its limit, in the machine's byte order.
   *
   * @throws IllegalStateException with another version of the binding, that has other steps
   */
  static OnnxTensor create(
      OrtEnvironment environment, ByteBuffer memory, long[] shape, OnnxTensorType type)
      throws OrtException {
    try {
      return BINDING.get().make(environment, memory, shape, type);
    } catch (ReflectiveOperationException e) {
      if (e.getCause() instanceof OrtException refused) {
        throw refused;
      }
      throw new IllegalStateException("a tensor of type " + type + " cannot be made", e);
    }
  }

  private OnnxTensor make(
      OrtEnvironment environment, ByteBuffer memory, long[] shape, OnnxTensorType type)
      throws ReflectiveOperationException {
    var owner = allocatorHandle.getLong(allocator.get(environment));
    var from = memory.position();
    var bytes = (long) memory.remaining();
    var handle =
        (Long)
            newHandle.invoke(
                null, api.getLong(null), owner, memory, from, bytes, shape, type.value);
    var info = newInfo.newInstance(shape, OnnxJavaType.UNKNOWN, type);
    return newTensor.newInstance(handle, owner, info, memory, false);
  }
}
