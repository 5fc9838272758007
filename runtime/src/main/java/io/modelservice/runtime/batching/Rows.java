package io.modelservice.runtime.batching;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.tensor.Shapes;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The first dimension of tensors: requests are put together and taken apart along it. */
public final class Rows {
  private Rows() {}

  /** How many rows a request has; 1 if its inputs have no dimensions. */
  public static long of(Member<?> member) {
    var shape = member.shapes().getFirst();
    return shape.isEmpty() ? 1 : shape.getFirst();
  }

  /** How many rows requests have together. */
  static long of(List<? extends Member<?>> members) {
    return members.stream().mapToLong(Rows::of).sum();
  }

  /** Elements of the inputs per row. */
  static long width(Member<?> member) {
    return member.shapes().stream().mapToLong(shape -> Shapes.elements(rest(shape))).sum();
  }

  /** Whether two requests differ in their number of rows only. */
  public static boolean alike(Member<?> one, Member<?> other) {
    if (!uniform(one) || !uniform(other) || !one.wanted().equals(other.wanted())) {
      return false;
    }
    for (var i = 0; i < one.shapes().size(); i++) {
      if (!rest(one.shapes().get(i)).equals(rest(other.shapes().get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether all inputs have the same, positive number of rows. */
  private static boolean uniform(Member<?> member) {
    var rows = of(member);
    return rows > 0
        && member.shapes().stream().allMatch(shape -> !shape.isEmpty() && shape.getFirst() == rows);
  }

  private static List<Long> rest(List<Long> shape) {
    return shape.isEmpty() ? shape : shape.subList(1, shape.size());
  }

  /** Fills the inputs with the rows of one request after the other. */
  static void fill(List<? extends Member<?>> members, Workspace workspace) throws Exception {
    var inputs = members.getFirst().shapes().size();
    for (var input = 0; input < inputs; input++) {
      if (workspace.holdsStrings(input)) {
        strings(input, members, workspace);
      } else if (members.size() == 1) {
        var only = members.getFirst();
        only.fill(input, workspace.input(input, only.shapes().get(input)));
      } else {
        elements(input, members, workspace);
      }
    }
    members.getLast().watch().end(Phase.DECODE);
  }

  private static void elements(int input, List<? extends Member<?>> members, Workspace workspace)
      throws Exception {
    var memory = workspace.input(input, shape(input, members));
    var size = memory.remaining() / of(members);
    for (var member : members) {
      var bytes = Math.toIntExact(size * of(member));
      member.watch().end(Phase.BATCH);
      member.fill(input, memory.slice(memory.position(), bytes).order(ByteOrder.LITTLE_ENDIAN));
      member.watch().end(Phase.DECODE);
      memory.position(memory.position() + bytes);
    }
  }

  private static void strings(int input, List<? extends Member<?>> members, Workspace workspace)
      throws Exception {
    var all = new ArrayList<String>();
    for (var member : members) {
      Collections.addAll(all, member.strings(input));
    }
    workspace.strings(input, shape(input, members), all.toArray(String[]::new));
  }

  private static List<Long> shape(int input, List<? extends Member<?>> members) {
    var first = members.getFirst().shapes().get(input);
    if (members.size() == 1) {
      return first;
    }
    var shape = new ArrayList<>(first);
    shape.set(0, of(members));
    return shape;
  }

  /**
   * The part of each request in the outputs of all.
   *
   * @throws EngineException if an output does not have a row for each row of the inputs
   */
  static List<List<Output>> split(List<Output> outputs, List<? extends Member<?>> members)
      throws EngineException {
    var total = of(members);
    for (var output : outputs) {
      if (output.shape().isEmpty() || output.shape().getFirst() != total) {
        throw new EngineException(
            Reason.ModelInvalid,
            "output '%s' of %d rows has the shape %s"
                .formatted(output.spec().name(), total, output.shape()));
      }
    }
    var shares = new ArrayList<List<Output>>();
    var from = 0L;
    for (var member : members) {
      var first = from;
      var count = of(member);
      shares.add(outputs.stream().map(output -> part(output, first, count)).toList());
      from += count;
    }
    return shares;
  }

  /** Some of the rows of an output. */
  static Output part(Output output, long from, long count) {
    var total = output.shape().getFirst();
    var shape = new ArrayList<>(output.shape());
    shape.set(0, count);
    return switch (output) {
      case Output.Fixed fixed -> {
        var data = fixed.data();
        var size = data.remaining() / total;
        var bytes = data.slice(data.position() + (int) (from * size), (int) (count * size));
        yield new Output.Fixed(fixed.spec(), shape, bytes.order(ByteOrder.LITTLE_ENDIAN));
      }
      case Output.Strings strings -> {
        var size = strings.elements().size() / total;
        var some = strings.elements().subList((int) (from * size), (int) ((from + count) * size));
        yield new Output.Strings(strings.spec(), shape, some);
      }
    };
  }
}
