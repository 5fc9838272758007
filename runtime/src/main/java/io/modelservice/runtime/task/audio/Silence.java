package io.modelservice.runtime.task.audio;

/** A sound without a sound. */
record Silence(int rate, int length) implements Sound {
  @Override
  public float at(int index) {
    return 0;
  }
}
