package io.modelservice.runtime.task;

/**
 * Turns a model's outputs into probabilities. Values that are all within 0 to 1 and add up to 1
 * (within 0.001) are probabilities already, as of a model that ends with Softmax; all others are
 * logits, and Softmax is applied.
 */
public final class Probabilities {
  private static final double TOLERANCE = 1e-3;

  private Probabilities() {}

  static float[] of(float[] values) {
    return alreadyProbabilities(values) ? values : softmax(values);
  }

  private static boolean alreadyProbabilities(float[] values) {
    var sum = 0.0;
    for (var value : values) {
      if (!(value >= 0 && value <= 1)) {
        return false;
      }
      sum += value;
    }
    return Math.abs(sum - 1) <= TOLERANCE;
  }

  /** Softmax alone. */
  public static float[] softmax(float[] logits) {
    var most = Float.NEGATIVE_INFINITY;
    for (var logit : logits) {
      most = Math.max(most, logit);
    }
    var exponents = new double[logits.length];
    var sum = 0.0;
    for (var i = 0; i < logits.length; i++) {
      exponents[i] = Math.exp(logits[i] - most);
      sum += exponents[i];
    }
    var probabilities = new float[logits.length];
    for (var i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (exponents[i] / sum);
    }
    return probabilities;
  }
}
