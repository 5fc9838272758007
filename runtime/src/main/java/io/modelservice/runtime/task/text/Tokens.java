package io.modelservice.runtime.task.text;

/** One text as a model takes it, or two as a pair, special tokens included, without padding. */
final class Tokens {
  private final long[] ids;
  private final long[] types;

  /**
   * Tokens.
   *
   * @param ids in the tokenizer's vocabulary
   * @param types of each: 0 in the first text, 1 in the second
   */
  Tokens(long[] ids, long[] types) {
    this.ids = ids;
    this.types = types;
  }

  int length() {
    return ids.length;
  }

  long id(int at) {
    return ids[at];
  }

  long type(int at) {
    return types[at];
  }
}
