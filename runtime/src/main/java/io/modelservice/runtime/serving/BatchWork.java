package io.modelservice.runtime.serving;

import static java.util.Objects.requireNonNull;

import io.modelservice.runtime.batching.Batch;
import io.modelservice.runtime.batching.Batchable;
import io.modelservice.runtime.batching.Member;
import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that may share its run with others. */
final class BatchWork<T> extends Work<T> implements Batch.Entry {
  private final Batchable<T> request;
  private @Nullable Member<T> member;
  private @Nullable Priority priority;

  BatchWork(Served served, Batchable<T> request) {
    super(served);
    this.request = request;
  }

  @Override
  public Priority priority() {
    if (priority == null) {
      priority = request.priority();
    }
    return priority;
  }

  @Override
  T perform(Workspace workspace) throws Exception {
    return Batch.alone(readOnce(), workspace, cancel());
  }

  private Member<T> readOnce() throws Exception {
    if (member == null) {
      member = request.read();
      var timeout = member.timeout();
      if (timeout != null) {
        within(timeout);
      }
    }
    return member;
  }

  /**
   * Reads the request, to run it in a batch.
   *
   * @return false if it is refused or was given up; then it has ended
   */
  boolean read() {
    try {
      if (!cancel().requested()) {
        checkWait();
        var _ = readOnce();
        return true;
      }
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      fail(e);
    }
    end();
    return false;
  }

  @Override
  public Member<T> member() {
    return requireNonNull(member);
  }

  @Override
  public void answerWith(List<Output> outputs) {
    try {
      complete(member().answer(outputs));
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      fail(e);
    }
  }
}
