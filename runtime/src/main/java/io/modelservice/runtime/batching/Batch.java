package io.modelservice.runtime.batching;

import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.measure.Phase;
import java.util.List;

/** Runs the model once for one or more requests, and gives each its rows of the outputs. */
public final class Batch {

  /** A request in a batch, with the place of its answer. */
  public interface Entry {
    Member<?> member();

    Cancel cancel();

    /** Takes the outputs, those of its rows only; valid during the call. */
    void answerWith(List<Output> outputs);

    /** It ends without an answer. */
    void fail(Throwable problem);
  }

  private final Workspace workspace;
  private final Batching batching;

  /**
   * A runner.
   *
   * @param batching learns what runs cost
   */
  public Batch(Workspace workspace, Batching batching) {
    this.workspace = workspace;
    this.batching = batching;
  }

  /**
   * Runs one request.
   *
   * @throws Exception if it is refused, or the run fails
   */
  public static <T> T alone(Member<T> member, Workspace workspace, Cancel cancel) throws Exception {
    var rows = fill(List.of(member), workspace);
    var outputs = workspace.run(member.wanted(), cancel);
    member.watch().end(Phase.RUN);
    member.watch().ran(rows);
    return member.answer(outputs);
  }

  /**
   * Runs requests together. If that fails, each is run alone, so that one bad request fails no
   * other; where none is bad, no more batches are made.
   *
   * @param entries that may join, at least one; each gets its outcome
   */
  public void run(List<? extends Entry> entries) {
    if (entries.size() == 1) {
      runAlone(entries.getFirst());
    } else if (!runTogether(entries)) {
      var bad = false;
      for (var entry : entries) {
        bad |= entry.cancel().requested() || !runAlone(entry);
      }
      if (!bad) {
        batching.stop();
      }
    }
  }

  private boolean runTogether(List<? extends Entry> entries) {
    var members = entries.stream().<Member<?>>map(Entry::member).toList();
    var cancel = Cancel.ofAll(entries.stream().map(Entry::cancel).toList());
    List<List<Output>> shares;
    try {
      shares = Rows.split(outputs(members, cancel), members);
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      return false;
    }
    members.stream().skip(1).forEach(member -> member.watch().runIsCountedElsewhere());
    for (var i = 0; i < entries.size(); i++) {
      answer(entries.get(i), shares.get(i));
    }
    return true;
  }

  private boolean runAlone(Entry entry) {
    try {
      answer(entry, outputs(List.of(entry.member()), entry.cancel()));
      return true;
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      entry.fail(e);
      return false;
    }
  }

  private static void answer(Entry entry, List<Output> outputs) {
    entry.member().watch().end(Phase.BATCH);
    entry.answerWith(outputs);
  }

  private List<Output> outputs(List<? extends Member<?>> members, Cancel cancel) throws Exception {
    var rows = fill(members, workspace);
    var lead = members.getFirst();
    var began = System.nanoTime();
    var outputs = workspace.run(lead.wanted(), cancel);
    batching.ran(lead, rows, System.nanoTime() - began);
    lead.watch().ran(rows);
    for (var member : members) {
      member.watch().end(Phase.RUN);
    }
    return outputs;
  }

  /** Fills the inputs, and tells how many rows they have. */
  private static long fill(List<? extends Member<?>> members, Workspace workspace)
      throws Exception {
    Rows.fill(members, workspace);
    for (var member : members) {
      member.watch().batch(Rows.of(member));
      member.watch().end(Phase.BATCH);
    }
    return Rows.of(members);
  }
}
