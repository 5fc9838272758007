package io.modelservice.runtime.serving;

import io.modelservice.runtime.batching.Batching;
import io.modelservice.runtime.engine.Model;
import io.modelservice.runtime.engine.NativeThread;
import io.modelservice.runtime.engine.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * The lanes of one model: each a platform thread with tensors of its own, all fed by one queue. A
 * native call would pin a virtual thread, so these are platform threads.
 */
final class Lanes implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Lanes.class);

  /** Requests that may wait, however quick they are. */
  static final int LONGEST_QUEUE = 1024;

  private final Model model;
  private final Pace pace = new Pace();
  private final Queue<Workspace> here = new ConcurrentLinkedQueue<>();
  private final JobQueue queue = new JobQueue();
  private final Batching batching;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLongArray since;
  private final AtomicInteger busy = new AtomicInteger();
  private final LongAdder busyNanos = new LongAdder();

  Lanes(Model model, int count, String name, Batching batching) {
    this.model = model;
    this.batching = batching;
    since = new AtomicLongArray(count);
    for (var i = 0; i < count; i++) {
      var lane = i;
      threads.add(Thread.ofPlatform().daemon().name(name + "-lane-" + i).start(() -> work(lane)));
    }
  }

  /** Hands over a job; false if the queue is full. */
  boolean offer(Job job) {
    if (queue.size() >= LONGEST_QUEUE + count()) {
      return false;
    }
    queue.add(job);
    return true;
  }

  /** Lanes that are running a request. */
  int busy() {
    return busy.get();
  }

  /** Nanoseconds of all tasks that are done. */
  long busyNanos() {
    return busyNanos.sum();
  }

  int count() {
    return threads.size();
  }

  /** Requests that wait for a lane. */
  int waiting() {
    return queue.size();
  }

  private void work(int lane) {
    NativeThread.comeAfterOthers(); // so that a request is refused or received while all lanes run
    try (var workspace = model.newWorkspace()) {
      var worker = new Lane(queue, batching, workspace);
      while (true) {
        var job = queue.take();
        since.set(lane, System.nanoTime() | 1); // never 0
        time(() -> worker.run(job));
        since.set(lane, 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  /** Does something that ends so many requests. */
  private void time(IntSupplier jobs) {
    var began = System.nanoTime();
    var ended = 1;
    busy.incrementAndGet();
    try {
      ended = jobs.getAsInt();
    } catch (RuntimeException e) {
      LOG.error("a task let a failure through", e); // the lane lives on
    } finally {
      busy.decrementAndGet();
      var took = System.nanoTime() - began;
      busyNanos.add(took);
      pace.record(took, ended);
    }
  }

  /** How long a request that came now would wait for a lane, by what requests took so far. */
  Duration expectedWait() {
    var ahead = waiting() + busy() - count() + 1;
    return ahead <= 0 ? Duration.ZERO : Duration.ofNanos(pace.request() * ahead / count());
  }

  /** Lanes that have been at one task for longer than the given time. */
  long busyLongerThan(Duration time) {
    var now = System.nanoTime();
    return IntStream.range(0, since.length())
        .mapToLong(since::get)
        .filter(began -> began != 0 && now - began > time.toNanos())
        .count();
  }

  /** Whether a job is done sooner by its own thread than by a lane. */
  boolean quick() {
    return pace.quick();
  }

  /** Runs a job on the thread that brings it, with one of the workspaces kept for that. */
  void runHere(Job job) {
    var kept = here.poll();
    var workspace = kept == null ? model.newWorkspace() : kept;
    time(
        () -> {
          job.run(workspace);
          return 1;
        });
    here.add(workspace);
  }

  /** Ends the threads; the queue must be empty and every task done. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (var thread : threads) {
      ToTheEnd.await(thread::join);
    }
    here.forEach(Workspace::close);
  }
}
