package io.modelservice.e2e.client;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** ONNX Runtime called directly, without a server. */
public final class Reference implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;

  private Reference(Path model) throws OrtException {
    options.setIntraOpNumThreads(1);
    this.session = environment.createSession(model.toString(), options);
  }

  /** Loads a model for one thread. */
  public static Reference load(Path model) {
    try {
      return new Reference(model);
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime does not load " + model, e);
    }
  }

  /** The outputs, in the order of the model. */
  public List<Tensor> run(List<Tensor> inputs) {
    var given = new HashMap<String, OnnxTensor>();
    try {
      for (var input : inputs) {
        given.put(input.name(), tensor(input));
      }
      try (var result = session.run(given)) {
        var outputs = new ArrayList<Tensor>();
        for (var output : result) {
          outputs.add(tensor(output.getKey(), (OnnxTensor) output.getValue()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime does not run the model", e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Tensor input) throws OrtException {
    var shape = input.shape().stream().mapToLong(Long::longValue).toArray();
    var type =
        switch (input.datatype()) {
          case "FP32" -> OnnxJavaType.FLOAT;
          case "INT64" -> OnnxJavaType.INT64;
          default -> OnnxJavaType.INT32;
        };
    return OnnxTensor.createTensor(environment, input.data(), shape, type);
  }

  private static Tensor tensor(String name, OnnxTensor output) {
    var info = (TensorInfo) output.getInfo();
    var bytes = output.getByteBuffer();
    var data = Tensor.buffer(bytes.remaining());
    data.put(0, bytes, bytes.position(), bytes.remaining());
    var shape = new ArrayList<Long>();
    for (var size : info.getShape()) {
      shape.add(size);
    }
    var datatype = info.type == OnnxJavaType.FLOAT ? "FP32" : "INT32";
    return new Tensor(name, datatype, List.copyOf(shape), data);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new AssertionError(e);
    } finally {
      options.close();
    }
  }
}
