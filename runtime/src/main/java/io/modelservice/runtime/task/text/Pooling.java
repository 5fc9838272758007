package io.modelservice.runtime.task.text;

import io.modelservice.runtime.task.text.TextModel.Row;

/** How the vectors of a text's tokens become one, by the names of sentence-transformers. */
enum Pooling {
  /** That of the first token. */
  CLS_TOKEN {
    @Override
    float[] of(Row row) {
      return row.at(0);
    }
  },
  /** The average. */
  MEAN_TOKENS {
    @Override
    float[] of(Row row) {
      var sums = row.at(0);
      for (var token = 1; token < row.tokens(); token++) {
        var values = row.at(token);
        for (var i = 0; i < sums.length; i++) {
          sums[i] += values[i];
        }
      }
      for (var i = 0; i < sums.length; i++) {
        sums[i] /= row.tokens();
      }
      return sums;
    }
  },
  /** The largest of each dimension. */
  MAX_TOKENS {
    @Override
    float[] of(Row row) {
      var largest = row.at(0);
      for (var token = 1; token < row.tokens(); token++) {
        var values = row.at(token);
        for (var i = 0; i < largest.length; i++) {
          largest[i] = Math.max(largest[i], values[i]);
        }
      }
      return largest;
    }
  },
  /** That of the last token. */
  LASTTOKEN {
    @Override
    float[] of(Row row) {
      return row.at(row.tokens() - 1);
    }
  };

  /** The vector of a text. */
  abstract float[] of(Row row);
}
