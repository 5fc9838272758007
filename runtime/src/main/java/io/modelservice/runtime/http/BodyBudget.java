package io.modelservice.runtime.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all bodies that are in memory at the same time. */
final class BodyBudget {
  private final long most;
  private final AtomicLong used = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /** Takes bytes; false if there are not so many left. */
  boolean take(long bytes) {
    if (used.addAndGet(bytes) <= most) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }
}
