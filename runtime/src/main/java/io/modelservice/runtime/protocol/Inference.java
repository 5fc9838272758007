package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.Signature;
import java.util.ArrayList;
import java.util.List;

/** Runs a request of any transport on a lane. */
public final class Inference {
  private final InferRequest request;
  private final Signature signature;
  private final Stopwatch watch;

  /**
   * An inference.
   *
   * @param watch of the request, whose decoding has begun
   */
  public Inference(InferRequest request, Signature signature, Stopwatch watch) {
    this.request = request;
    this.signature = signature;
    this.watch = watch;
  }

  /**
   * Checks the request, fills the inputs and runs the model.
   *
   * @return the outputs in the order in which they are wanted
   * @throws RequestException if the request is refused
   * @throws EngineException if the run fails
   */
  public List<Output> run(Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    RequestCheck.check(request, signature);
    for (var input : request.inputs()) {
      fill(workspace, signature.inputIndex(input.name()), input);
    }
    var wanted = new ArrayList<Integer>(request.outputs().size());
    for (var wish : request.outputs()) {
      wanted.add(signature.outputIndex(wish.name()));
    }
    watch.batch(batch());
    watch.end(Phase.DECODE);
    var outputs = workspace.run(wanted, cancel);
    watch.end(Phase.RUN);
    return outputs;
  }

  private long batch() {
    var shape = request.inputs().getFirst().shape();
    return shape.isEmpty() ? 1 : shape.getFirst();
  }

  private static void fill(Workspace workspace, int index, Input input)
      throws RequestException, EngineException {
    if (input.datatype() == Datatype.BYTES) {
      workspace.strings(index, input.shape(), strings(input));
    } else {
      input.elements().copy(input, workspace.input(index, input.shape()));
    }
  }

  private static String[] strings(Input input) throws RequestException {
    var elements = input.elements().strings(input);
    if (elements.size() != Shapes.elements(input.shape())) {
      throw bad(
          "input '%s' has %d elements, its shape %s says otherwise",
          input.name(), elements.size(), input.shape());
    }
    return elements.toArray(String[]::new);
  }
}
