package io.modelservice.runtime.batching;

import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.measure.Stopwatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was read and fits the model: alone in a run, or one of a batch.
 *
 * @param <T> its answer
 */
public interface Member<T> {

  /** The shapes of its inputs in the order of the signature, without variable dimensions. */
  List<List<Long>> shapes();

  /** Indices of the wanted outputs in the signature. */
  List<Integer> wanted();

  /**
   * Copies an input of fixed-size elements; may be called again.
   *
   * @param input index in the signature
   * @param memory with exactly the bytes of the shape from its position to its limit
   * @throws Exception if the request is refused
   */
  void fill(int input, ByteBuffer memory) throws Exception;

  /**
   * The elements of an input of strings, row-major, as many as its shape says.
   *
   * @throws Exception if the request is refused
   */
  String[] strings(int input) throws Exception;

  /**
   * Makes the answer, and ends the phase of its encoding.
   *
   * @param outputs in the order of {@link #wanted}; valid during the call
   * @throws Exception if they cannot be told in the form that the request asks for
   */
  T answer(List<Output> outputs) throws Exception;

  /** How long it may take from its last byte to its answer; null leaves it to the model. */
  @Nullable Duration timeout();

  /** Measures the request; its decoding has begun. */
  Stopwatch watch();
}
