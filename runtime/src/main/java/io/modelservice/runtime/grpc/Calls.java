package io.modelservice.runtime.grpc;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The calls that are open, so that the pod can leave without cutting one off. */
final class Calls {

  /** An open call; it is equal to itself only. */
  interface Open {
    /** The pod leaves: ends as soon as what was received is answered. */
    void finish();
  }

  private final Set<Open> open = new HashSet<>();
  private boolean leaving;

  /** A call has begun; it is told at once if the pod leaves already. */
  void opened(Open call) {
    synchronized (this) {
      open.add(call);
      if (!leaving) {
        return;
      }
    }
    call.finish();
  }

  /** A call is over, and the client has its answer. */
  synchronized void closed(Open call) {
    open.remove(call);
    notifyAll();
  }

  /** Tells every call that the pod leaves. */
  void leave() {
    List<Open> all;
    synchronized (this) {
      leaving = true;
      all = List.copyOf(open);
    }
    all.forEach(Open::finish);
  }

  /** Waits until no call is open, or as long as is allowed. */
  synchronized void awaitNone(Duration most) throws InterruptedException {
    var end = System.nanoTime() + most.toNanos();
    for (var left = most.toNanos(); !open.isEmpty() && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
