package io.modelservice.operator.plan;

/** How a template change replaces pods. */
public enum Surge {
  /** One pod more first: nothing is missing at any time. */
  ONE_MORE(1, 0),
  /** One pod goes first: the way that works when no node has room for one more. */
  ONE_LESS(0, 1);

  private final int maxSurge;
  private final int maxUnavailable;

  Surge(int maxSurge, int maxUnavailable) {
    this.maxSurge = maxSurge;
    this.maxUnavailable = maxUnavailable;
  }

  public int maxSurge() {
    return maxSurge;
  }

  public int maxUnavailable() {
    return maxUnavailable;
  }
}
