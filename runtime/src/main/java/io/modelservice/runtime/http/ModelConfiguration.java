package io.modelservice.runtime.http;

import io.modelservice.crds.ExecutionProvider;
import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.TensorSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The answer of Triton's model configuration extension, {@code GET /v2/models/NAME/config}.
 * Dimensions are those of the file, the batch's too, so {@code max_batch_size} is 0.
 */
final class ModelConfiguration {
  private ModelConfiguration() {}

  static JsonObject of(String name, Served served) {
    return new JsonObject()
        .put("name", name)
        .put("platform", "onnxruntime_onnx")
        .put("backend", "onnxruntime")
        .put("default_model_filename", "model.onnx")
        .put("max_batch_size", 0)
        .put("dynamic_batching", dynamicBatching())
        .put("input", tensors(served.signature().inputs()))
        .put("output", tensors(served.signature().outputs()))
        .put("instance_group", JsonArray.of(instances(served)));
  }

  private static JsonObject instances(Served served) {
    var kind = served.provider() == ExecutionProvider.CPU ? "KIND_CPU" : "KIND_GPU";
    return new JsonObject().put("kind", kind).put("count", served.lanes());
  }

  private static JsonObject dynamicBatching() {
    return new JsonObject()
        .put("priority_levels", Priority.all().size())
        .put("default_priority_level", Priority.NORMAL.level());
  }

  private static JsonArray tensors(List<TensorSpec> specs) {
    var array = new JsonArray();
    for (var spec : specs) {
      array.add(
          new JsonObject()
              .put("name", spec.name())
              .put("data_type", type(spec.datatype()))
              .put("dims", new JsonArray(spec.shape())));
    }
    return array;
  }

  private static String type(Datatype datatype) {
    return datatype == Datatype.BYTES ? "TYPE_STRING" : "TYPE_" + datatype.name();
  }
}
