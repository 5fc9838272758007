package io.modelservice.runtime.batching;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out whether a model treats the rows of a batch as it treats them alone. A file does not
 * tell: the first dimension may be time, and a model that is quantised while it runs takes its
 * scales from all rows together.
 */
final class RowsProof {
  /** For dimensions that are variable too: more than one, so that what they mix shows. */
  private static final long OTHER_SIZE = 8;

  private final Signature signature;
  private final Workspace workspace;

  private RowsProof(Signature signature, Workspace workspace) {
    this.signature = signature;
    this.workspace = workspace;
  }

  /**
   * Compares runs: a row of zeros, a row of ones, both together.
   *
   * @return why the model's requests have to run alone; empty if they may share runs
   */
  static Optional<String> problem(Signature signature, Workspace workspace) {
    return new RowsProof(signature, workspace).problem();
  }

  private Optional<String> problem() {
    for (var spec : all().toList()) {
      if (!hasRows(spec)) {
        return Optional.of("the first dimension of '%s' is not a batch's".formatted(spec.name()));
      }
    }
    try {
      return compare();
    } catch (EngineException e) {
      return Optional.of("runs on zeros and ones fail: " + e.getMessage());
    }
  }

  private Stream<TensorSpec> all() {
    return Stream.concat(signature.inputs().stream(), signature.outputs().stream());
  }

  /** A variable first dimension whose size no other dimension must have. */
  private static boolean hasRows(TensorSpec spec) {
    if (spec.shape().isEmpty() || spec.shape().getFirst() >= 0) {
      return false;
    }
    var name = spec.dimensionNames().getFirst();
    return name.isEmpty()
        || spec.dimensionNames().subList(1, spec.shape().size()).stream().noneMatch(name::equals);
  }

  private Optional<String> compare() throws EngineException {
    var zeros = run(0);
    var ones = run(1);
    var both = run(0, 1);
    for (var i = 0; i < both.size(); i++) {
      var name = signature.outputs().get(i).name();
      var output = both.get(i);
      if (output.shape().isEmpty() || output.shape().getFirst() != 2) {
        return Optional.of("output '%s' does not have a row for each input row".formatted(name));
      }
      if (!Closeness.of(zeros.get(i), Rows.part(output, 0, 1))
          || !Closeness.of(ones.get(i), Rows.part(output, 1, 1))) {
        return Optional.of("rows of output '%s' depend on each other".formatted(name));
      }
    }
    return Optional.empty();
  }

  /** Runs the model on rows that are each filled with one value. */
  private List<Output> run(int... values) throws EngineException {
    for (var i = 0; i < signature.inputs().size(); i++) {
      var spec = signature.inputs().get(i);
      var row = spec.shape().stream().skip(1).map(size -> size < 0 ? OTHER_SIZE : size).toList();
      var shape = new ArrayList<>(List.of((long) values.length));
      shape.addAll(row);
      if (spec.datatype() == Datatype.BYTES) {
        workspace.strings(i, shape, strings(Shapes.elements(row), values));
      } else {
        fill(workspace.input(i, shape), spec.datatype(), values);
      }
    }
    var outputs = IntStream.range(0, signature.outputs().size()).boxed().toList();
    return workspace.run(outputs, new Cancel()).stream().map(RowsProof::kept).toList();
  }

  private static String[] strings(long perRow, int... values) {
    return Arrays.stream(values)
        .boxed()
        .flatMap(value -> Stream.generate(() -> "" + value).limit(perRow))
        .toArray(String[]::new);
  }

  private static void fill(ByteBuffer memory, Datatype datatype, int... values) {
    var perRow = memory.remaining() / values.length / datatype.size();
    for (var value : values) {
      for (var i = 0; i < perRow; i++) {
        put(memory, datatype, value);
      }
    }
  }

  private static void put(ByteBuffer memory, Datatype datatype, int value) {
    switch (datatype) {
      case FP64 -> memory.putDouble(value);
      case FP32 -> memory.putFloat(value);
      case FP16 -> memory.putShort(Float.floatToFloat16(value));
      case BF16 -> memory.putShort((short) (Float.floatToIntBits(value) >>> Short.SIZE));
      case INT64, UINT64 -> memory.putLong(value);
      case INT32, UINT32 -> memory.putInt(value);
      case INT16, UINT16 -> memory.putShort((short) value);
      case INT8, UINT8, BOOL -> memory.put((byte) value);
      case BYTES -> throw new IllegalArgumentException("strings have no fixed size");
    }
  }

  /** A copy, for the next run overwrites it. */
  private static Output kept(Output output) {
    if (!(output instanceof Output.Fixed fixed)) {
      return output;
    }
    var data = fixed.data();
    var copy = ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip();
    return new Output.Fixed(fixed.spec(), fixed.shape(), copy.order(ByteOrder.LITTLE_ENDIAN));
  }
}
