package io.modelservice.runtime.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Between ONNX Runtime's types and the protocol's. */
final class OrtTypes {
  private static final String PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

  private OrtTypes() {}

  /**
   * The specs of a session's inputs or outputs.
   *
   * @param what they are, for the sentence of a refusal
   */
  static List<TensorSpec> specs(Collection<NodeInfo> nodes, String what) throws EngineException {
    var specs = new ArrayList<TensorSpec>();
    for (var node : nodes) {
      if (!(node.getInfo() instanceof TensorInfo info)) {
        throw unsupported("%s '%s' is a sequence or a map".formatted(what, node.getName()));
      }
      var shape = Arrays.stream(info.getShape()).boxed().toList();
      var names = Arrays.asList(info.getDimensionNames());
      specs.add(new TensorSpec(node.getName(), datatype(info, node, what), shape, names));
    }
    return List.copyOf(specs);
  }

  private static Datatype datatype(TensorInfo info, NodeInfo node, String what)
      throws EngineException {
    return switch (info.onnxType) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Datatype.BOOL;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Datatype.UINT8;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> Datatype.UINT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> Datatype.UINT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> Datatype.UINT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Datatype.INT8;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Datatype.INT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Datatype.INT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Datatype.INT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> Datatype.FP16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> Datatype.BF16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Datatype.FP32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Datatype.FP64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> Datatype.BYTES;
      default ->
          throw unsupported(
              "%s '%s' has type %s".formatted(what, node.getName(), name(info.onnxType)));
    };
  }

  /**
   * A tensor over memory of ours.
   *
   * @param memory direct, from its position to its limit; it must outlive the tensor
   */
  static OnnxTensor tensor(
      OrtEnvironment environment, Datatype datatype, ByteBuffer memory, long[] shape)
      throws OrtException {
    var view = memory.order(ByteOrder.nativeOrder());
    return switch (datatype) {
      case UINT16, UINT32, UINT64 ->
          UnsignedTensors.create(
              environment, view, shape, OnnxTensorType.valueOf(PREFIX + datatype.name()));
      default -> OnnxTensor.createTensor(environment, view, shape, javaType(datatype));
    };
  }

  private static OnnxJavaType javaType(Datatype datatype) {
    return switch (datatype) {
      case BOOL -> OnnxJavaType.BOOL;
      case UINT8 -> OnnxJavaType.UINT8;
      case INT8 -> OnnxJavaType.INT8;
      case INT16 -> OnnxJavaType.INT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case FP16 -> OnnxJavaType.FLOAT16;
      case BF16 -> OnnxJavaType.BFLOAT16;
      case FP32 -> OnnxJavaType.FLOAT;
      case FP64 -> OnnxJavaType.DOUBLE;
      case BYTES -> OnnxJavaType.STRING;
      case UINT16, UINT32, UINT64 -> OnnxJavaType.UNKNOWN;
    };
  }

  private static String name(OnnxTensorType type) {
    return type.name().replace(PREFIX, "");
  }

  private static EngineException unsupported(String what) {
    return new EngineException(
        Reason.ModelUnsupported, what + ", which this runtime cannot serve: export it otherwise.");
  }
}
