package io.modelservice.runtime.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of one lane: inputs and outputs of known shape are made once and used again. */
final class OrtWorkspace implements Workspace {
  private final OrtModel model;
  private final List<NativeTensor> inputs;
  private final List<NativeTensor> outputs;
  private @Nullable PreparedRun last;
  private @Nullable RunOptions options;

  OrtWorkspace(OrtModel model) {
    this.model = model;
    inputs = tensors(model, model.signature().inputs());
    outputs = tensors(model, model.signature().outputs());
  }

  private static List<NativeTensor> tensors(OrtModel model, List<TensorSpec> specs) {
    return specs.stream().map(spec -> new NativeTensor(model, spec)).toList();
  }

  @Override
  public boolean holdsStrings(int index) {
    return inputs.get(index).spec().datatype() == Datatype.BYTES;
  }

  @Override
  public ByteBuffer input(int index, List<Long> shape) throws EngineException {
    return inputs.get(index).reserve(shape);
  }

  @Override
  public void strings(int index, List<Long> shape, String[] elements) throws EngineException {
    inputs.get(index).strings(shape, elements);
  }

  @Override
  public List<Output> run(List<Integer> wanted, Cancel cancel) throws EngineException {
    var prepared = prepared(wanted);
    try {
      return run(prepared, cancel);
    } catch (OrtException e) {
      if (cancel.requested() || prepared.pinned().isEmpty() || !namesAnOutputShape(e)) {
        throw OrtErrors.onRun(e);
      }
    }
    model.stopPinning();
    try {
      return run(prepared(wanted), cancel);
    } catch (OrtException e) {
      throw OrtErrors.onRun(e);
    }
  }

  /** What the last run was given, if this one needs the same. */
  private PreparedRun prepared(List<Integer> wanted) throws EngineException {
    var given = new ArrayList<OnnxTensor>(inputs.size());
    for (var input : inputs) {
      given.add(input.tensor());
    }
    if (last == null || !last.fits(given, wanted, model.pins())) {
      last = PreparedRun.of(given, List.copyOf(wanted), pin(wanted), model);
    }
    return last;
  }

  /** The memory of those wanted outputs whose shape is known before the run. */
  private Map<Integer, NativeTensor> pin(List<Integer> wanted) throws EngineException {
    if (!model.pins()) {
      return Map.of();
    }
    var shapes = new OutputShapes();
    inputs.forEach(input -> shapes.learn(input.spec(), input.shape()));
    var pinned = new LinkedHashMap<Integer, NativeTensor>();
    for (var index : wanted) {
      var output = outputs.get(index);
      var shape = shapes.of(output.spec());
      if (shape.isPresent() && output.spec().datatype() != Datatype.BYTES) {
        output.reserve(shape.get());
        pinned.put(index, output);
      }
    }
    return pinned;
  }

  private List<Output> run(PreparedRun prepared, Cancel cancel) throws OrtException {
    var run = options();
    cancel.begin(() -> terminate(run));
    try (var result = prepared.run(model.session(), run)) {
      return read(prepared, result);
    } finally {
      cancel.end();
      if (cancel.requested()) {
        run.close();
        options = null;
      }
    }
  }

  /** Kept from run to run until one is stopped. */
  private RunOptions options() throws OrtException {
    if (options == null) {
      options = new RunOptions();
    }
    return options;
  }

  private List<Output> read(PreparedRun prepared, OrtSession.Result result) throws OrtException {
    var read = new ArrayList<Output>();
    for (var index : prepared.wanted()) {
      var output = prepared.pinned().get(index);
      if (output != null) {
        read.add(new Output.Fixed(output.spec(), output.shape(), output.data()));
      } else {
        var spec = outputs.get(index).spec();
        read.add(copy(spec, result.get(spec.name()).orElseThrow()));
      }
    }
    return read;
  }

  private static Output copy(TensorSpec spec, OnnxValue value) throws OrtException {
    var tensor = (OnnxTensor) value;
    var shape = Arrays.stream(tensor.getInfo().getShape()).boxed().toList();
    if (spec.datatype() == Datatype.BYTES) {
      return new Output.Strings(spec, shape, flatten(tensor.getValue(), new ArrayList<>()));
    }
    var data = tensor.getByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return new Output.Fixed(spec, shape, data);
  }

  private static List<String> flatten(Object value, List<String> into) {
    if (value instanceof Object[] array) {
      for (var element : array) {
        flatten(element, into);
      }
    } else {
      into.add((String) value);
    }
    return into;
  }

  /** Says that the memory given for an output has another shape than the run's. */
  private static boolean namesAnOutputShape(OrtException e) {
    return String.valueOf(e.getMessage()).contains("pre-allocated output");
  }

  private static void terminate(RunOptions options) {
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("the run cannot be stopped", e);
    }
  }

  @Override
  public void close() {
    inputs.forEach(NativeTensor::close);
    outputs.forEach(NativeTensor::close);
    if (options != null) {
      options.close();
    }
  }
}
