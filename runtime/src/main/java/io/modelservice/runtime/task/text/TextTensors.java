package io.modelservice.runtime.task.text;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The inputs of a model that takes tokens: {@code input_ids}, {@code attention_mask} and, if it has
 * one, {@code token_type_ids}, each INT64 or INT32 [batch, sequence].
 *
 * @param columns in the order of the model's inputs
 * @param mostRows of one run
 * @param length tokens of each row, or -1 where it is variable
 */
record TextTensors(List<Column> columns, int mostRows, int length) {
  private static final int MOST_ROWS = 32;

  /** What one input holds. */
  enum Column {
    INPUT_IDS,
    ATTENTION_MASK,
    TOKEN_TYPE_IDS;

    long of(Tokens tokens, int at) {
      return switch (this) {
        case INPUT_IDS -> tokens.id(at);
        case ATTENTION_MASK -> 1;
        case TOKEN_TYPE_IDS -> tokens.type(at);
      };
    }

    long padding(long id) {
      return this == INPUT_IDS ? id : 0;
    }
  }

  /**
   * Finds them by name.
   *
   * @throws EngineException if the model has others, or takes no ids
   */
  static TextTensors of(Signature signature) throws EngineException {
    var columns = new ArrayList<Column>();
    for (var input : signature.inputs()) {
      columns.add(column(input));
    }
    if (!columns.contains(Column.INPUT_IDS)) {
      throw new EngineException(
          Reason.TaskUnsupported, "tasks on text need an input 'input_ids', the model has none");
    }
    var shape = signature.inputs().getFirst().shape();
    return new TextTensors(
        List.copyOf(columns), shape.get(0) == 1 ? 1 : MOST_ROWS, shape.get(1).intValue());
  }

  private static Column column(TensorSpec input) throws EngineException {
    for (var column : Column.values()) {
      if (input.name().equalsIgnoreCase(column.name()) && fits(input)) {
        return column;
      }
    }
    throw new EngineException(
        Reason.TaskUnsupported,
        ("tasks on text need the inputs input_ids, attention_mask and token_type_ids, INT64 or"
                + " INT32 [batch, sequence]; '%s' is %s %s")
            .formatted(input.name(), input.datatype(), input.shape()));
  }

  private static boolean fits(TensorSpec input) {
    return (input.datatype() == Datatype.INT64 || input.datatype() == Datatype.INT32)
        && input.shape().size() == 2
        && input.shape().getFirst() <= 1;
  }

  /** Writes rows into the inputs, filled up to the longest of them. */
  void fill(List<Tokens> rows, long padding, Signature signature, Workspace workspace)
      throws EngineException {
    var width = width(rows);
    List<Long> shape = List.of((long) rows.size(), (long) width);
    for (var i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      var into = workspace.input(i, shape);
      var wide = signature.inputs().get(i).datatype() == Datatype.INT64;
      for (var row : rows) {
        for (var at = 0; at < width; at++) {
          var value = at < row.length() ? column.of(row, at) : column.padding(padding);
          put(into, value, wide ? Long.BYTES : Integer.BYTES);
        }
      }
    }
  }

  private static void put(ByteBuffer into, long value, int bytes) {
    if (bytes == Long.BYTES) {
      into.putLong(value);
    } else {
      into.putInt((int) value);
    }
  }

  /** Tokens of each row of a run. */
  int width(List<Tokens> rows) {
    return length > 0 ? length : rows.stream().mapToInt(Tokens::length).max().orElse(1);
  }
}
