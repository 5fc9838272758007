package io.modelservice.runtime.serving;

import io.modelservice.runtime.batching.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that wait for a lane: the highest priority first, and of one priority the one that came
 * first. A priority that was passed over {@value #MOST_PASSED} times has a turn, so that none waits
 * for ever.
 */
final class JobQueue {
  /** How often in a row others go before the first job of a priority. */
  static final int MOST_PASSED = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition waiting = lock.newCondition();
  private final List<Level> levels = Priority.all().stream().map(priority -> new Level()).toList();
  private int size;

  /** The jobs of one priority. */
  private static final class Level {
    private final Deque<Job> jobs = new ArrayDeque<>();
    private int passed;
  }

  /** Adds a job behind those of its priority. */
  void add(Job job) {
    var level = level(job);
    lock.lock();
    try {
      level.jobs.addLast(job);
      added();
    } finally {
      lock.unlock();
    }
  }

  /** Gives back a job that was taken; its turn is the next. */
  void putBack(Job job) {
    var level = level(job);
    lock.lock();
    try {
      level.jobs.addFirst(job);
      level.passed = MOST_PASSED;
      added();
    } finally {
      lock.unlock();
    }
  }

  private Level level(Job job) {
    return levels.get(job.priority().level() - 1);
  }

  private void added() {
    size++;
    waiting.signal();
  }

  /** Takes the next job, and waits for it if there is none. */
  Job take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (size == 0) {
        waiting.await();
      }
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next job; null if there is none. */
  @Nullable Job poll() {
    lock.lock();
    try {
      return size == 0 ? null : next();
    } finally {
      lock.unlock();
    }
  }

  /** Jobs that wait. */
  int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  private Job next() {
    var chosen = chosen();
    for (var level : levels) {
      level.passed = level == chosen || level.jobs.isEmpty() ? 0 : level.passed + 1;
    }
    size--;
    return chosen.jobs.removeFirst();
  }

  private Level chosen() {
    Level highest = null;
    for (var level : levels) {
      if (!level.jobs.isEmpty()) {
        if (level.passed >= MOST_PASSED) {
          return level;
        }
        highest = highest == null ? level : highest;
      }
    }
    return Objects.requireNonNull(highest);
  }
}
