package io.modelservice.runtime.grpc;

import com.google.protobuf.ByteString;
import io.modelservice.runtime.grpc.proto.ModelInferResponse;
import io.modelservice.runtime.measure.Stopwatch;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Overloaded;
import io.modelservice.runtime.serving.Served;
import io.modelservice.runtime.serving.Work;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.transport.BodyBudget;
import io.modelservice.runtime.transport.Meters;
import io.modelservice.runtime.transport.Refusals;
import io.modelservice.runtime.transport.ServedModel;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs requests on the lanes, each until its timeout at most, and counts how they ended. */
final class Inferences {
  private final ServedModel model;
  private final Meters meters;
  private final SharedMemory memory;
  private final BodyBudget budget;
  private final ScheduledExecutorService timer;

  Inferences(
      ServedModel model,
      SharedMemory memory,
      Meters meters,
      BodyBudget budget,
      ScheduledExecutorService timer) {
    this.model = model;
    this.memory = memory;
    this.meters = meters;
    this.budget = budget;
    this.timer = timer;
  }

  /** Hands a request to the lanes, or refuses it at once. */
  Running begin(Received message) {
    try {
      return admitted(message);
    } catch (RequestException e) {
      meters.refused(e.reason());
      return Running.refused(message.bytes(), e);
    }
  }

  private Running admitted(Received message) throws RequestException {
    var request = message.bytes();
    if (message.problem() != null) {
      throw message.problem();
    }
    if (!budget.take(request.size())) {
      throw Refusals.noMemory();
    }
    try {
      return begin(request, model.lease());
    } catch (RequestException e) {
      budget.giveBack(request.size());
      throw e;
    }
  }

  private Running begin(ByteString request, Served served) throws RequestException {
    var began = System.nanoTime();
    var watch = new Stopwatch();
    var inference = new GrpcInference(request, model, served, memory, watch);
    Work<ModelInferResponse> work;
    try {
      work = Work.begin(served, request.size(), inference);
    } catch (Overloaded e) {
      meters.count(served, 503, watch, System.nanoTime() - began);
      throw Refusals.overloaded(e);
    }
    var running = new Running(request, served.revision(), watch, work::giveUp);
    var expiry = expiry(work, served);
    var _ =
        work.outcome()
            .whenComplete(
                (answer, problem) -> {
                  expiry.run();
                  budget.giveBack(request.size());
                  var refused =
                      problem == null
                          ? null
                          : Refusals.of(problem, served, served.limits().timeout());
                  meters.count(served, running.code(refused), watch, System.nanoTime() - began);
                  if (refused != null) {
                    meters.refused(running.reason(refused));
                  }
                  running.complete(answer, refused);
                });
    return running;
  }

  /** Gives the work up when its time is over; the result calls that off. */
  private Runnable expiry(Work<ModelInferResponse> work, Served served) {
    if (work.outcome().isDone()) {
      return () -> {};
    }
    var end =
        timer.schedule(work::giveUp, served.limits().timeout().toMillis(), TimeUnit.MILLISECONDS);
    return () -> end.cancel(false);
  }
}
