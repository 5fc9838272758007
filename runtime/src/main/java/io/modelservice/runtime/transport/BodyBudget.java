package io.modelservice.runtime.transport;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all bodies that are in memory at the same time. */
public final class BodyBudget {
  private final long most;
  private final AtomicLong used = new AtomicLong();

  public BodyBudget(long most) {
    this.most = most;
  }

  /** Takes bytes; false if there are not so many left. */
  public boolean take(long bytes) {
    if (used.addAndGet(bytes) <= most) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /** Bytes in memory. */
  long used() {
    return Math.min(most, used.get()); // more only while bytes are refused
  }

  /** Bytes that may be in memory. */
  long most() {
    return most;
  }

  public void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }
}
