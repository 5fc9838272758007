package io.modelservice.operator.podstate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The questions that pods have not answered yet, by uid: no pod is asked twice at once. */
final class Questions {
  /** Well beyond the time-out of a question: one whose end was never told silences no pod. */
  static final Duration LOST = Duration.ofSeconds(10);

  private final Map<String, Instant> since = new ConcurrentHashMap<>();
  private final InstantSource clock;

  Questions(InstantSource clock) {
    this.clock = clock;
  }

  void begin(String uid) {
    since.put(uid, clock.instant());
  }

  void end(String uid) {
    since.remove(uid);
  }

  boolean open(String uid) {
    var begun = since.get(uid);
    return begun != null && begun.plus(LOST).isAfter(clock.instant());
  }

  void keepOnly(Set<String> uids) {
    since.keySet().retainAll(uids);
  }
}
