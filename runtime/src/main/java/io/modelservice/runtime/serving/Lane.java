package io.modelservice.runtime.serving;

import io.modelservice.runtime.batching.Batch;
import io.modelservice.runtime.batching.Batching;
import io.modelservice.runtime.batching.Rows;
import io.modelservice.runtime.engine.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes one job after the other from the queue of a model; requests that wait behind the first are
 * run together with it where that is cheaper. A lone request waits for none.
 */
final class Lane {
  private final JobQueue queue;
  private final Batching batching;
  private final Workspace workspace;
  private final Batch batch;

  Lane(JobQueue queue, Batching batching, Workspace workspace) {
    this.queue = queue;
    this.batching = batching;
    this.workspace = workspace;
    this.batch = new Batch(workspace, batching);
  }

  /**
   * Runs a job, and those that it takes along.
   *
   * @return how many requests have ended
   */
  int run(Job job) {
    if (job instanceof BatchWork<?> lead && batching.allowed() && queue.size() > 0) {
      return together(lead);
    }
    job.run(workspace);
    return 1;
  }

  private int together(BatchWork<?> lead) {
    if (!lead.read()) {
      return 1;
    }
    var works = new ArrayList<BatchWork<?>>();
    works.add(lead);
    try {
      gather(works);
      batch.run(works);
    } finally {
      works.forEach(BatchWork::end);
    }
    return works.size();
  }

  private void gather(List<BatchWork<?>> works) {
    var lead = works.getFirst().member();
    var rows = Rows.of(lead);
    var goal = batching.goal(lead, queue.size());
    while (rows < goal) {
      var job = queue.poll();
      if (job == null) {
        return;
      }
      if (!(job instanceof BatchWork<?> next)) {
        queue.putBack(job);
        return;
      }
      if (!next.read()) {
        continue;
      }
      if (!batching.joins(lead, next.member(), rows)) {
        queue.putBack(next); // any lane may go on with it
        return;
      }
      works.add(next);
      rows += Rows.of(next.member());
    }
  }
}
