package io.modelservice.runtime.batching;

import java.util.List;

/** Which of the requests that wait goes first: the levels of Triton's schedule policy. */
public enum Priority {
  HIGH(1),
  NORMAL(2),
  LOW(3);

  private static final List<Priority> ALL = List.of(values());

  private final int level;

  Priority(int level) {
    this.level = level;
  }

  /**
   * What the parameter {@code priority} of a request says.
   *
   * @param level at least 0; 1 is the highest. As with Triton, 0 and a level that there is not mean
   *     the default
   */
  public static Priority of(long level) {
    return ALL.stream().filter(each -> each.level == level).findFirst().orElse(NORMAL);
  }

  /** All, the highest first. */
  public static List<Priority> all() {
    return ALL;
  }

  /** Its level, from 1. */
  public int level() {
    return level;
  }
}
