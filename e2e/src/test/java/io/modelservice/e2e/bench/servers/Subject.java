package io.modelservice.e2e.bench.servers;

import io.modelservice.e2e.client.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A model to measure, with the request that is sent over and over.
 *
 * @param name of the model and of its folder
 * @param about the model, in a line
 */
record Subject(String name, String about, List<Tensor> inputs) {
  private static final int TOKENS = 32;
  private static final int LONG = 256;

  /** Triton's wire test: next to nothing to compute, so all that is seen is the server. */
  static final Subject SIMPLE =
      new Subject(
          "simple",
          "Triton's test model, 2 x INT32[1,16] in and out",
          List.of(
              Tensor.ints("INPUT0", IntStream.range(0, 16).toArray()),
              Tensor.ints("INPUT1", IntStream.generate(() -> 1).limit(16).toArray())));

  static final Subject EFFICIENTNET =
      new Subject(
          "efficientnet-lite0",
          "EfficientNet-Lite0, FP32[1,3,224,224] (1.64 MB of JSON) to FP32[1,1000]",
          List.of(Tensor.noise("image", 5, List.of(1L, 3L, 224L, 224L))));

  /** Quantised while it runs, so each request has a run of its own. */
  static final Subject MINILM = minilm("minilm", "int8", TOKENS);

  /** A few kilobytes that take long: what a client spends on them counts for little. */
  static final Subject LONG_TEXT = minilm("minilm", "int8", LONG);

  static final Subject SENTENCE = minilm("all-minilm-l6-v2", "FP32", 8);
  static final Subject PARAGRAPH = minilm("all-minilm-l6-v2", "FP32", 64);

  /** Its time goes into reading its weights, once for each run. */
  static final Subject WIDE =
      new Subject(
          "wide",
          "one matrix of 2048 x 2048, FP32[1,2048] to FP32[1,2048]",
          List.of(Tensor.noise("in", 7, List.of(1L, 2048L))));

  static final List<Subject> ALL = List.of(SIMPLE, EFFICIENTNET, MINILM);

  private static Subject minilm(String name, String kind, int tokens) {
    return new Subject(
        name,
        "all-MiniLM-L6-v2 (%2$s), 3 x INT64[1,%1$d] to FP32[1,%1$d,384]".formatted(tokens, kind),
        List.of(
            Tensor.longs("input_ids", LongStream.range(1000, 1000 + tokens).toArray()),
            Tensor.longs("attention_mask", LongStream.generate(() -> 1).limit(tokens).toArray()),
            Tensor.longs("token_type_ids", new long[tokens])));
  }
}
