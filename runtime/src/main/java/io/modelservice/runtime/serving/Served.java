package io.modelservice.runtime.serving;

import io.modelservice.crds.ExecutionProvider;
import io.modelservice.runtime.batching.Batching;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.WarmUp;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.measure.Statistics;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.tensor.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A revision in memory, with lanes that run its requests. Whoever uses it holds a lease; it leaves
 * memory when it is retired and the last lease is given back, so a run never meets a closed model.
 */
public final class Served {

  /**
   * What it is.
   *
   * @param task null where none is asked for
   */
  public record Description(String revision, Limits limits, @Nullable TaskModel task) {}

  private static final Duration STUCK = Duration.ofSeconds(30);

  private final Description description;
  private final Model model;
  private final Batching batching;
  private final Lanes lanes;
  private final Statistics statistics = new Statistics();
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final Leases leases = new Leases();

  /**
   * Starts the lanes of a model.
   *
   * @param room whether a run may take twice the memory of any before
   */
  public Served(Description description, Model model, int laneCount, BooleanSupplier room) {
    this.description = description;
    this.model = model;
    this.batching = new Batching(description.limits().maxBatch(), room);
    this.lanes = new Lanes(model, laneCount, description.revision(), batching);
  }

  public String revision() {
    return description.revision();
  }

  public Signature signature() {
    return model.signature();
  }

  /** What it runs on; never {@code Auto}. */
  public ExecutionProvider provider() {
    return model.provider();
  }

  public Limits limits() {
    return description.limits();
  }

  /** The model as one of the given task, if that is the one asked for. */
  public <T extends TaskModel> Optional<T> task(Class<T> type) {
    return Optional.ofNullable(description.task()).filter(type::isInstance).map(type::cast);
  }

  /**
   * Runs every lane a few times, on zeros or as the task does, and looks whether requests may share
   * runs.
   *
   * @throws EngineException if a run fails
   */
  public void warmUp() throws EngineException {
    var started = new CountDownLatch(lanes.count());
    var runs = new ArrayList<CompletableFuture<Optional<EngineException>>>();
    for (var i = 0; i < lanes.count(); i++) {
      var run = new CompletableFuture<Optional<EngineException>>();
      runs.add(run);
      lanes.offer(workspace -> warmUp(workspace, started, run));
    }
    for (var run : runs) {
      var problem = run.join();
      if (problem.isPresent()) {
        throw problem.get();
      }
    }
    proveBatching();
  }

  private void proveBatching() {
    var proof = new CompletableFuture<Void>();
    lanes.offer(
        workspace -> {
          batching.prove(signature(), workspace);
          proof.complete(null);
        });
    proof.join();
  }

  private void warmUp(
      Workspace workspace,
      CountDownLatch started,
      CompletableFuture<Optional<EngineException>> run) {
    try {
      started.countDown();
      started.await(); // so that each lane takes one
      if (description.task() == null) {
        WarmUp.run(signature(), workspace);
      } else {
        description.task().warmUp(workspace); // it knows which sizes make sense
      }
      run.complete(Optional.empty());
    } catch (EngineException e) {
      run.complete(Optional.of(e));
    } catch (InterruptedException | RuntimeException | OutOfMemoryError e) {
      run.completeExceptionally(e);
    }
  }

  /** Takes a lease; false if the model is on its way out. */
  public boolean lease() {
    return leases.take();
  }

  /** Gives a lease back. */
  public void release() {
    leases.giveBack();
  }

  /**
   * Hands a job to the lanes.
   *
   * @return false if too many wait already
   */
  boolean offer(Job job) {
    return lanes.offer(job);
  }

  /**
   * Looks whether a request may wait for its turn.
   *
   * @throws Overloaded if it would wait longer than it may
   */
  public void admit() throws Overloaded {
    var wait = lanes.expectedWait();
    if (wait.compareTo(limits().maxWait()) > 0) {
      throw new Overloaded(wait);
    }
  }

  /** Lanes whose request did not end when it was given up: they are stuck in native code. */
  public long stuckLanes() {
    return lanes.busyLongerThan(limits().timeout().plus(STUCK));
  }

  /** Whether a request is answered sooner by the thread that received it than by a lane. */
  boolean quick() {
    return lanes.quick();
  }

  /** Runs a job on the thread of the caller. */
  void runHere(Job job) {
    lanes.runHere(job);
  }

  /** Counts an answer by its HTTP status. */
  public void count(int status) {
    requests.increment();
    if (status >= 500) {
      errors.increment();
    }
  }

  /** The names of its classes; empty if it has none. */
  public List<String> labels() {
    return description.task() == null ? List.of() : description.task().labels();
  }

  /** Where the time of its inferences went. */
  public Statistics statistics() {
    return statistics;
  }

  public long requests() {
    return requests.sum();
  }

  public long errors() {
    return errors.sum();
  }

  public int lanes() {
    return lanes.count();
  }

  public int busyLanes() {
    return lanes.busy();
  }

  /** Nanoseconds that lanes have spent on tasks that are done; all lanes together. */
  public long busyNanos() {
    return lanes.busyNanos();
  }

  public int waiting() {
    return lanes.waiting();
  }

  /**
   * Takes no new lease, waits for those that are out, then leaves memory. Every request ends by its
   * own deadline, so this does too.
   */
  public void retire() {
    leases.end();
    lanes.close();
    if (description.task() != null) {
      description.task().close();
    }
    model.close();
  }
}
