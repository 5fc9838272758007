package io.modelservice.runtime.grpc;

import io.modelservice.crds.ExecutionProvider;
import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.grpc.proto.DataType;
import io.modelservice.runtime.grpc.proto.ModelConfig;
import io.modelservice.runtime.grpc.proto.ModelDynamicBatching;
import io.modelservice.runtime.grpc.proto.ModelInput;
import io.modelservice.runtime.grpc.proto.ModelInstanceGroup;
import io.modelservice.runtime.grpc.proto.ModelOutput;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.tensor.Datatype;

/** A model in the form of Triton's configuration. */
final class ConfigMessage {
  private ConfigMessage() {}

  static ModelConfig of(String name, Served served) {
    var config =
        ModelConfig.newBuilder()
            .setName(name)
            .setPlatform("onnxruntime_onnx")
            .setBackend("onnxruntime")
            .setDefaultModelFilename("model.onnx")
            .addInstanceGroup(instances(served))
            .setDynamicBatching(
                ModelDynamicBatching.newBuilder()
                    .setPriorityLevels(Priority.all().size())
                    .setDefaultPriorityLevel(Priority.NORMAL.level()));
    for (var input : served.signature().inputs()) {
      config.addInput(
          ModelInput.newBuilder()
              .setName(input.name())
              .setDataType(type(input.datatype()))
              .addAllDims(input.shape()));
    }
    for (var output : served.signature().outputs()) {
      config.addOutput(
          ModelOutput.newBuilder()
              .setName(output.name())
              .setDataType(type(output.datatype()))
              .addAllDims(output.shape()));
    }
    return config.build();
  }

  private static ModelInstanceGroup instances(Served served) {
    var kind =
        served.provider() == ExecutionProvider.CPU
            ? ModelInstanceGroup.Kind.KIND_CPU
            : ModelInstanceGroup.Kind.KIND_GPU;
    return ModelInstanceGroup.newBuilder().setKind(kind).setCount(served.lanes()).build();
  }

  private static DataType type(Datatype datatype) {
    return datatype == Datatype.BYTES
        ? DataType.TYPE_STRING
        : DataType.valueOf("TYPE_" + datatype.name());
  }
}
