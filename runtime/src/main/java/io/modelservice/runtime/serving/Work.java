package io.modelservice.runtime.serving;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.Workspace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request on its way through a lane. It has one outcome: the step's result, its failure, or
 * that it was given up at its deadline; a request that was given up before a lane took it never
 * runs.
 *
 * @param <T> the result
 */
public final class Work<T> {

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

    GivenUp() {
      super("given up");
    }
  }

  private static final int SMALL = 1 << 16;

  private final Served served;
  private final Step<T> step;
  private final Cancel cancel = new Cancel();
  private final AtomicBoolean decided = new AtomicBoolean();
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  private Work(Served served, Step<T> step) {
    this.served = served;
    this.step = step;
  }

  /**
   * Hands a step to the lanes of a model, or runs it at once if the model is quick and the request
   * small; the lease of the caller goes over to the work, which gives it back.
   *
   * @param size bytes of the request
   * @throws Overloaded if it would wait longer than it may; the lease is given back then too
   */
  public static <T> Work<T> begin(Served served, int size, Step<T> step) throws Overloaded {
    var work = new Work<T>(served, step);
    if (size <= SMALL && served.quick()) {
      served.runHere(work::run);
    } else {
      work.queue();
    }
    return work;
  }

  private void queue() throws Overloaded {
    try {
      served.admit();
      if (!served.offer(this::run)) {
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
    cancel.request();
    if (decided.compareAndSet(false, true)) {
      outcome.completeExceptionally(new GivenUp());
    }
  }

  private void run(Workspace workspace) {
    try {
      if (!cancel.requested()) {
        perform(workspace);
      }
    } finally {
      served.release();
    }
  }

  private void perform(Workspace workspace) {
    try {
      var result = step.run(workspace, cancel);
      if (decided.compareAndSet(false, true)) {
        outcome.complete(result);
      }
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      if (decided.compareAndSet(false, true)) {
        outcome.completeExceptionally(e);
      }
    }
  }
}
