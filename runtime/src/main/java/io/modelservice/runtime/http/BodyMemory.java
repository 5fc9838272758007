package io.modelservice.runtime.http;

import io.modelservice.runtime.transport.BodyBudget;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Memory for bodies, bounded together. Arrays of a common size are used again: a new one is cleared
 * first, and bodies that wait for a lane live long enough for the collector to copy each of them.
 */
final class BodyMemory {
  private static final int SMALLEST_KEPT = 1 << 16;
  private static final int LARGEST_KEPT = 1 << 22;

  /**
   * Sizes that are kept between a power of two and the next, so that at most an eighth is spare.
   */
  private static final int SIZES = 8;

  private final BodyBudget budget;

  /** By size; the collector may take them when memory is short. */
  private final Map<Integer, Queue<SoftReference<byte[]>>> kept = new ConcurrentHashMap<>();

  BodyMemory(BodyBudget budget) {
    this.budget = budget;
  }

  /**
   * An array with anything in it; null if there is no memory for it now.
   *
   * @param least bytes that it must have
   */
  byte @Nullable [] take(int least) {
    var size = size(least);
    if (!budget.take(size)) {
      return null;
    }
    try {
      var array = isKept(size) ? again(size) : null;
      return array == null ? new byte[size] : array;
    } catch (OutOfMemoryError e) {
      budget.giveBack(size);
      return null; // others need the rest of the heap; the client may try again
    }
  }

  /** Takes back an array that nobody reads any more, for another body. */
  void recycle(byte[] array) {
    drop(array);
    if (isKept(array.length)) {
      keptOf(array.length).add(new SoftReference<>(array));
    }
  }

  /** Forgets an array that somebody may still read. */
  void drop(byte[] array) {
    budget.giveBack(array.length);
  }

  private byte @Nullable [] again(int size) {
    var queue = keptOf(size);
    for (var next = queue.poll(); next != null; next = queue.poll()) {
      var array = next.get();
      if (array != null) {
        return array;
      }
    }
    return null;
  }

  private Queue<SoftReference<byte[]>> keptOf(int size) {
    return kept.computeIfAbsent(size, missing -> new ConcurrentLinkedQueue<>());
  }

  private static int size(int least) {
    if (!isKept(least)) {
      return least;
    }
    var step = Integer.highestOneBit(least) / SIZES;
    return Math.ceilDiv(least, step) * step;
  }

  private static boolean isKept(int size) {
    return size >= SMALLEST_KEPT && size <= LARGEST_KEPT;
  }
}
