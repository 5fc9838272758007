package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.protocol.InferRequest.Wish;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Triton's classification extension: in place of a tensor [..., classes] the best of its classes,
 * as strings {@code VALUE:INDEX} or, where the model has labels, {@code VALUE:INDEX:LABEL}.
 */
public final class Classification {
  private Classification() {}

  /**
   * The output as it is wanted: itself, or the best of its classes.
   *
   * @param labels by class; empty if the model has none
   * @throws RequestException if classes are wanted and it has none
   */
  public static Output asWanted(Output output, Wish wish, List<String> labels)
      throws RequestException {
    return wish.classes() == 0 ? output : of(output, wish.classes(), labels);
  }

  /** The best classes of each row: BYTES [..., count], the best first; fewer if there are fewer. */
  private static Output of(Output output, int count, List<String> labels) throws RequestException {
    if (!(output instanceof Output.Fixed fixed) || output.shape().isEmpty()) {
      throw bad("output '%s' has no classes", output.spec().name());
    }
    var classes = Math.toIntExact(output.shape().getLast());
    var most = Math.min(count, classes);
    var values = values(fixed);
    var best = new ArrayList<String>();
    for (var from = 0; from < values.length; from += classes) {
      var row = Arrays.copyOfRange(values, from, from + classes);
      best(row, most).forEach(index -> best.add(entry(row[index], index, labels)));
    }
    var shape = new ArrayList<>(output.shape());
    shape.set(shape.size() - 1, (long) most);
    var spec = output.spec();
    var strings = new TensorSpec(spec.name(), Datatype.BYTES, shape, spec.dimensionNames());
    return new Output.Strings(strings, shape, best);
  }

  private static List<Integer> best(double[] row, int count) {
    return IntStream.range(0, row.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer index) -> row[index]).reversed())
        .limit(count)
        .toList();
  }

  private static String entry(double value, int index, List<String> labels) {
    var entry = String.format(Locale.ROOT, "%f:%d", value, index);
    return index < labels.size() ? entry + ":" + labels.get(index) : entry;
  }

  private static double[] values(Output.Fixed output) throws RequestException {
    var data = output.data();
    var values = new double[Math.toIntExact(Shapes.elements(output.shape()))];
    for (var i = 0; i < values.length; i++) {
      values[i] = value(output.spec(), data);
    }
    return values;
  }

  private static double value(TensorSpec spec, ByteBuffer data) throws RequestException {
    return switch (spec.datatype()) {
      case FP32 -> data.getFloat();
      case FP64 -> data.getDouble();
      case INT8 -> data.get();
      case UINT8 -> Byte.toUnsignedInt(data.get());
      case INT16 -> data.getShort();
      case INT32 -> data.getInt();
      case INT64 -> data.getLong();
      default -> throw bad("output '%s' is %s, which has no order", spec.name(), spec.datatype());
    };
  }
}
