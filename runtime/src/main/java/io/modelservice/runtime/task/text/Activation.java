package io.modelservice.runtime.task.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelservice.runtime.task.Probabilities;

/** How the logits of a text become scores, by {@code problem_type} of {@code config.json}. */
enum Activation {
  /** One label of several: the scores add up to 1. */
  SOFTMAX {
    @Override
    float[] of(float[] logits) {
      return Probabilities.softmax(logits);
    }
  },
  /** Each label for itself. */
  SIGMOID {
    @Override
    float[] of(float[] logits) {
      var scores = new float[logits.length];
      for (var i = 0; i < logits.length; i++) {
        scores[i] = (float) (1 / (1 + Math.exp(-logits[i])));
      }
      return scores;
    }
  },
  /** A value that is no probability. */
  NONE {
    @Override
    float[] of(float[] logits) {
      return logits;
    }
  };

  /** The rule of Hugging Face's pipelines; without a problem type the number of labels decides. */
  static Activation of(JsonNode config, int labels) {
    return switch (config.path("problem_type").asText()) {
      case "multi_label_classification" -> SIGMOID;
      case "single_label_classification" -> SOFTMAX;
      case "regression" -> NONE;
      default -> labels == 1 ? SIGMOID : SOFTMAX;
    };
  }

  abstract float[] of(float[] logits);
}
