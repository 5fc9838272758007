package io.modelservice.runtime.batching;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/** A model in a few lines: the output is twice the input. */
final class Doubler implements Workspace {
  /** An element that fails the run. */
  static final float POISON = 666;

  static final Signature SIGNATURE = new Signature(List.of(spec("in")), List.of(spec("out")));

  long mostRows = Long.MAX_VALUE;
  int runs;
  Consumer<Cancel> duringRun = cancel -> {};

  private ByteBuffer input = ByteBuffer.allocate(0);
  private List<Long> shape = List.of();

  private static TensorSpec spec(String name) {
    return new TensorSpec(name, Datatype.FP32, List.of(-1L, -1L), List.of("batch", "width"));
  }

  @Override
  public boolean holdsStrings(int index) {
    return false;
  }

  @Override
  public ByteBuffer input(int index, List<Long> itsShape) {
    shape = itsShape;
    var bytes = (int) Shapes.elements(itsShape) * Float.BYTES;
    input = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return input.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void strings(int index, List<Long> itsShape, String[] elements) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Output> run(List<Integer> wanted, Cancel cancel) throws EngineException {
    runs++;
    duringRun.accept(cancel);
    if (shape.getFirst() > mostRows) {
      throw new EngineException(Reason.DoesNotFit, "too many rows");
    }
    var doubled = ByteBuffer.allocate(input.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    while (doubled.hasRemaining()) {
      var element = input.getFloat(doubled.position());
      if (element == POISON) {
        throw new EngineException(Reason.ModelInvalid, "poison");
      }
      doubled.putFloat(2 * element);
    }
    return List.of(new Output.Fixed(SIGNATURE.outputs().getFirst(), shape, doubled.flip()));
  }

  @Override
  public void close() {}
}
