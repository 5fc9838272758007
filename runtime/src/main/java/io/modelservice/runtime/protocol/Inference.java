package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.batching.Member;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.measure.Phase;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.InferRequest.Input;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.Signature;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of any transport that fits the model.
 *
 * @param <T> its answer
 */
public final class Inference<T> implements Member<T> {

  /**
   * Makes the answer in the form of a transport.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  public interface Encoder<T> {
    T encode(List<Output> outputs) throws RequestException;
  }

  private final List<Input> inputs;
  private final List<List<Long>> shapes;
  private final List<Integer> wanted;
  private final @Nullable Duration timeout;
  private final Stopwatch watch;
  private final Encoder<T> encoder;

  private Inference(
      List<Input> inputs,
      List<Integer> wanted,
      @Nullable Duration timeout,
      Stopwatch watch,
      Encoder<T> encoder) {
    this.inputs = inputs;
    this.shapes = inputs.stream().map(Input::shape).toList();
    this.wanted = wanted;
    this.timeout = timeout;
    this.watch = watch;
    this.encoder = encoder;
  }

  /**
   * Checks a request.
   *
   * @param watch of the request, whose decoding has begun
   * @throws RequestException if the model does not take it
   */
  public static <T> Inference<T> of(
      InferRequest request, Signature signature, Stopwatch watch, Encoder<T> encoder)
      throws RequestException {
    RequestCheck.check(request, signature);
    var inputs = new Input[signature.inputs().size()];
    for (var input : request.inputs()) {
      inputs[signature.inputIndex(input.name())] = input;
    }
    var wanted = new ArrayList<Integer>(request.outputs().size());
    for (var wish : request.outputs()) {
      wanted.add(signature.outputIndex(wish.name()));
    }
    return new Inference<>(Arrays.asList(inputs), wanted, request.timeout(), watch, encoder);
  }

  @Override
  public List<List<Long>> shapes() {
    return shapes;
  }

  @Override
  public List<Integer> wanted() {
    return wanted;
  }

  @Override
  public void fill(int input, ByteBuffer memory) throws RequestException {
    var given = inputs.get(input);
    given.elements().copy(given, memory);
  }

  @Override
  public String[] strings(int input) throws RequestException {
    var given = inputs.get(input);
    var elements = given.elements().strings(given);
    if (elements.size() != Shapes.elements(given.shape())) {
      throw bad(
          "input '%s' has %d elements, its shape %s says otherwise",
          given.name(), elements.size(), given.shape());
    }
    return elements.toArray(String[]::new);
  }

  @Override
  public T answer(List<Output> outputs) throws RequestException {
    var answer = encoder.encode(outputs);
    watch.end(Phase.ENCODE);
    return answer;
  }

  @Override
  public @Nullable Duration timeout() {
    return timeout;
  }

  @Override
  public Stopwatch watch() {
    return watch;
  }
}
