package io.modelservice.runtime.serving;

import io.modelservice.runtime.batching.Batchable;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.Workspace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a lane. It has one outcome: its result, its failure, or that it
 * was given up at its deadline; a request that was given up before a lane took it never runs.
 *
 * @param <T> the result
 */
public abstract sealed class Work<T> implements Job permits StepWork, BatchWork {

  /**
   * What to do on the lane.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface Step<T> {
    T run(Workspace workspace, Cancel cancel) throws Exception;
  }

  /** The deadline passed, or the client left. */
  public static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration timeout;

    GivenUp(@Nullable Duration timeout) {
      super("given up");
      this.timeout = timeout;
    }

    /** The request's own timeout that has passed; null if it was given up for another reason. */
    public @Nullable Duration timeout() {
      return timeout;
    }
  }

  private static final int SMALL = 1 << 16;

  /**
   * How much longer than it may a request has waited when it is refused after all: runs may become
   * slower than they were when its wait was foretold.
   */
  static final Duration LATE = Duration.ofMillis(500);

  private final long began = System.nanoTime();
  private final Served served;
  private final Cancel cancel = new Cancel();
  private final AtomicBoolean decided = new AtomicBoolean();
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  Work(Served served) {
    this.served = served;
  }

  /**
   * Hands a step to the lanes of a model, or runs it at once if the model is quick and the request
   * small; the lease of the caller goes over to the work, which gives it back.
   *
   * @param size bytes of the request
   * @throws Overloaded if it would wait longer than it may; the lease is given back then too
   */
  public static <T> Work<T> begin(Served served, int size, Step<T> step) throws Overloaded {
    return handOver(new StepWork<>(served, step), size);
  }

  /** The same for a request that may share its run with others. */
  public static <T> Work<T> begin(Served served, int size, Batchable<T> request) throws Overloaded {
    return handOver(new BatchWork<>(served, request), size);
  }

  private static <T> Work<T> handOver(Work<T> work, int size) throws Overloaded {
    if (size <= SMALL && work.served.quick()) {
      work.served.runHere(work);
    } else {
      work.queue();
    }
    return work;
  }

  private void queue() throws Overloaded {
    try {
      served.admit();
      if (!served.offer(this)) {
        throw new Overloaded(served.limits().maxWait());
      }
    } catch (Overloaded e) {
      served.release();
      throw e;
    }
  }

  /** Completes on the lane's thread, or on that of {@link #giveUp}. */
  public CompletableFuture<T> outcome() {
    return outcome;
  }

  /** Ends it early: it is not begun any more, or stopped in its run. */
  public void giveUp() {
    giveUp(null);
  }

  private void giveUp(@Nullable Duration timeout) {
    cancel.request();
    fail(new GivenUp(timeout));
  }

  /**
   * Gives it up when it has taken so long in all; the model's own timeout is the caller's to keep.
   *
   * @throws GivenUp if it has already
   */
  final void within(Duration timeout) throws GivenUp {
    if (timeout.compareTo(served.limits().timeout()) >= 0) {
      return;
    }
    var left = timeout.minusNanos(System.nanoTime() - began);
    if (!left.isPositive()) {
      throw new GivenUp(timeout);
    }
    var _ =
        outcome
            .copy()
            .orTimeout(left.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete(
                (result, problem) -> {
                  if (problem instanceof TimeoutException) {
                    giveUp(timeout);
                  }
                });
  }

  /** Makes the result, without others. */
  abstract T perform(Workspace workspace) throws Exception;

  @Override
  public final void run(Workspace workspace) {
    try {
      if (!cancel.requested()) {
        checkWait();
        complete(perform(workspace));
      }
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      fail(e);
    } finally {
      end();
    }
  }

  /** Refuses to begin a request for which it is too late: those behind it can still be in time. */
  final void checkWait() throws Overloaded {
    var waited = Duration.ofNanos(System.nanoTime() - began);
    if (waited.minus(LATE).compareTo(served.limits().maxWait()) > 0) {
      throw new Overloaded(waited);
    }
  }

  /** Asked for when it is given up. */
  public final Cancel cancel() {
    return cancel;
  }

  final void complete(T result) {
    if (decided.compareAndSet(false, true)) {
      outcome.complete(result);
    }
  }

  /** It ends without a result. */
  public final void fail(Throwable problem) {
    if (decided.compareAndSet(false, true)) {
      outcome.completeExceptionally(problem);
    }
  }

  /** Gives the lease back. */
  final void end() {
    served.release();
  }
}
