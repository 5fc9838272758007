package io.modelservice.runtime.batching;

import java.util.List;

/** Which of the requests that wait goes first: the levels of Triton's schedule policy. */
public enum Priority {
  HIGH,
  NORMAL,
  LOW;

  private static final List<Priority> ALL = List.of(values());

  /**
   * What the parameter {@code priority} of a request says.
   *
   * @param level at least 0; 1 is the highest. As with Triton, 0 and a level that there is not mean
   *     the default
   */
  public static Priority of(long level) {
    return level >= 1 && level <= ALL.size() ? ALL.get((int) level - 1) : NORMAL;
  }

  /** All, the highest first. */
  public static List<Priority> all() {
    return ALL;
  }

  /** Its level, from 1. */
  public int level() {
    return ALL.indexOf(this) + 1;
  }
}
