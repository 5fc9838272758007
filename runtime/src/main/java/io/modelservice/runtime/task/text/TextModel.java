package io.modelservice.runtime.task.text;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.tensor.Signature;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** A tokenizer and a model of tokens: many texts in, something for each of them out. */
final class TextModel implements AutoCloseable {
  /** Rows times tokens of one run; bounds the memory that attention takes. */
  private static final int MOST_TOKENS = 8192;

  private final TextConfig config;
  private final Tokenizer tokenizer;
  private final TextTensors tensors;
  private final Signature signature;

  private TextModel(
      TextConfig config, Tokenizer tokenizer, TextTensors tensors, Signature signature) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.tensors = tensors;
    this.signature = signature;
  }

  /**
   * Reads what an artifact says about texts.
   *
   * @throws EngineException if files are missing or damaged, or the model takes no tokens
   */
  static TextModel of(Path folder, Signature signature) throws EngineException {
    var tensors = TextTensors.of(signature);
    var read = TextConfig.read(folder);
    var config = tensors.length() > 0 ? read.atMost(tensors.length()) : read;
    return new TextModel(config, Tokenizer.read(folder, config.longest()), tensors, signature);
  }

  /**
   * The output of one row.
   *
   * @param values the whole output, FP32
   * @param shape of the whole output
   * @param row its number
   * @param tokens those of the row that are no padding
   */
  record Row(FloatBuffer values, List<Long> shape, int row, int tokens) {

    /** As many values as the last dimension has, of a place in the row. */
    float[] at(int place) {
      var width = shape.getLast().intValue();
      var places = shape.size() == 2 ? 1 : shape.get(1).intValue();
      var values = new float[width];
      this.values.get((row * places + place) * width, values);
      return values;
    }
  }

  /**
   * What is made of a row's output.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  interface Reader<T> {
    T read(Row row) throws EngineException;
  }

  /** A task on texts. */
  @FunctionalInterface
  interface Trial {
    void run(List<TextInput> texts) throws RequestException, EngineException;
  }

  /** Does the task on one text, twice, and on three at once. */
  void warmUp(Trial trial) throws EngineException {
    try {
      for (var count : new int[] {1, 1, 3}) {
        trial.run(Collections.nCopies(count, new TextInput.Text("a warm-up")));
      }
    } catch (RequestException e) {
      throw new EngineException(Reason.TaskUnsupported, e.line());
    }
  }

  /** The tokens of texts; ids that are given are only cut. */
  List<Tokens> encode(List<TextInput> inputs, Cancel cancel) throws RequestException {
    var encoded = new ArrayList<Tokens>(inputs.size());
    for (var input : inputs) {
      stopIf(cancel);
      encoded.add(
          switch (input) {
            case TextInput.Text(var text) -> checked(tokenizer.encode(text));
            case TextInput.Ids(var ids) -> checked(tokens(ids));
          });
    }
    return encoded;
  }

  /** The tokens of one text with each of others. */
  List<Tokens> encodePairs(String first, List<String> seconds, Cancel cancel)
      throws RequestException {
    var encoded = new ArrayList<Tokens>(seconds.size());
    for (var second : seconds) {
      stopIf(cancel);
      encoded.add(checked(tokenizer.encode(first, second)));
    }
    return encoded;
  }

  private static void stopIf(Cancel cancel) {
    if (cancel.requested()) {
      throw new CancellationException("nobody waits for the answer any more");
    }
  }

  private static Tokens checked(Tokens tokens) throws RequestException {
    if (tokens.length() == 0) {
      throw bad("an input is empty: there is nothing to run the model on");
    }
    return tokens;
  }

  private Tokens tokens(List<Integer> given) throws RequestException {
    var ids = given.stream().limit(config.longest()).mapToLong(Integer::longValue).toArray();
    for (var id : ids) {
      if (id < 0 || id >= config.vocabulary()) {
        throw bad(
            "the token id %d is outside of the model's vocabulary of %d: send text, or ids by the"
                + " model's own tokenizer.json",
            id, config.vocabulary());
      }
    }
    return new Tokens(ids, new long[ids.length]);
  }

  /**
   * Runs texts in batches of similar length.
   *
   * @param output index of the output that is read, FP32 [batch, ...]
   * @return one result for each text, in the same order
   */
  <T> List<T> run(
      List<Tokens> texts, int output, Reader<T> reader, Workspace workspace, Cancel cancel)
      throws EngineException {
    var order = new ArrayList<Integer>(IntStream.range(0, texts.size()).boxed().toList());
    order.sort(Comparator.comparingInt(i -> texts.get(i).length()));
    var results = new TreeMap<Integer, T>();
    for (var from = 0; from < order.size(); ) {
      var batch = order.subList(from, from + rows(texts, order.subList(from, order.size())));
      var rows = batch.stream().map(texts::get).toList();
      tensors.fill(rows, config.padding(), signature, workspace);
      var answer = (Output.Fixed) workspace.run(List.of(output), cancel).getFirst();
      var values = answer.data().asFloatBuffer();
      for (var row = 0; row < rows.size(); row++) {
        var read = new Row(values, answer.shape(), row, rows.get(row).length());
        results.put(batch.get(row), reader.read(read));
      }
      from += rows.size();
    }
    return List.copyOf(results.values());
  }

  /** How many of the texts, the shortest first, go into one run. */
  private int rows(List<Tokens> texts, List<Integer> order) {
    var rows = 1;
    while (rows < Math.min(order.size(), tensors.mostRows())
        && (rows + 1) * texts.get(order.get(rows)).length() <= MOST_TOKENS) {
      rows++;
    }
    return rows;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
