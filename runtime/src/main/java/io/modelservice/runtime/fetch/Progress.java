package io.modelservice.runtime.fetch;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many bytes of an artifact are here; read by other threads. */
public final class Progress {
  private static final long UNKNOWN = -1;

  private final AtomicLong done = new AtomicLong();
  private final AtomicLong total = new AtomicLong(UNKNOWN);

  void begin(long bytesTotal) {
    done.set(0);
    total.set(bytesTotal);
  }

  void add(long bytes) {
    done.addAndGet(bytes);
  }

  public long done() {
    return done.get();
  }

  /** Bytes of all files, or null until the source has said so. */
  public @Nullable Long total() {
    var known = total.get();
    return known == UNKNOWN ? null : known;
  }
}
