package io.modelservice.runtime.task.audio;

/** One channel of sound. */
interface Sound {

  /** Samples a second. */
  int rate();

  /** Number of samples. */
  int length();

  /**
   * One sample, -1 to 1.
   *
   * @param index from 0
   */
  float at(int index);
}
