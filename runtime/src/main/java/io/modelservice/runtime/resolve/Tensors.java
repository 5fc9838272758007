package io.modelservice.runtime.resolve;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.Tensor;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.OnnxFile.Value;
import io.modelservice.runtime.tensor.Datatype;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ONNX' element types by the Open Inference Protocol's names. */
final class Tensors {
  private static final Map<Integer, Datatype> TYPES =
      Map.ofEntries(
          Map.entry(1, Datatype.FP32),
          Map.entry(2, Datatype.UINT8),
          Map.entry(3, Datatype.INT8),
          Map.entry(4, Datatype.UINT16),
          Map.entry(5, Datatype.INT16),
          Map.entry(6, Datatype.INT32),
          Map.entry(7, Datatype.INT64),
          Map.entry(8, Datatype.BYTES),
          Map.entry(9, Datatype.BOOL),
          Map.entry(10, Datatype.FP16),
          Map.entry(11, Datatype.FP64),
          Map.entry(12, Datatype.UINT32),
          Map.entry(13, Datatype.UINT64),
          Map.entry(16, Datatype.BF16));

  private Tensors() {}

  /**
   * As the contract has them.
   *
   * @throws EngineException if a request cannot have one of their types
   */
  static List<Tensor> of(List<Value> values) throws EngineException {
    var tensors = new ArrayList<Tensor>();
    for (var value : values) {
      tensors.add(new Tensor(value.name(), datatype(value).name(), value.shape()));
    }
    return tensors;
  }

  private static Datatype datatype(Value value) throws EngineException {
    var datatype = TYPES.get(value.elementType());
    if (datatype != null) {
      return datatype;
    }
    var what =
        value.elementType() == 0
            ? "is no tensor"
            : "has element type %d of onnx.proto".formatted(value.elementType());
    throw new EngineException(
        Reason.ModelUnsupported,
        "'%s' %s, which requests cannot have".formatted(value.printableName(), what));
  }
}
