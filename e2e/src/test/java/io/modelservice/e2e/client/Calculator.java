package io.modelservice.e2e.client;

import java.util.Collections;
import java.util.List;

/** A client of the model {@code simple} and of its kin, which take two rows of 16 integers. */
public final class Calculator {
  private static final int COLUMNS = 16;

  private Calculator() {}

  /** A row of threes and a row of twos. */
  public static InferenceRequest threesAndTwos() {
    return InferenceRequest.json(List.of(row("INPUT0", 3), row("INPUT1", 2)));
  }

  private static Tensor row(String name, int value) {
    return Tensor.ints(
        name, Collections.nCopies(COLUMNS, value).stream().mapToInt(Integer::intValue).toArray());
  }

  /** The first number of the first row that 3 and 2 give: their sum, or their product. */
  public static int answer(Endpoint endpoint) {
    return (int) endpoint.outputs(threesAndTwos()).getFirst().values()[0];
  }

  /** The same of each of some endpoints. */
  public static List<Integer> answers(List<Endpoint> endpoints) {
    return endpoints.stream().map(Calculator::answer).toList();
  }
}
