package io.modelservice.runtime.batching;

import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.tensor.Signature;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Decides how many of the requests that wait share the next run of a model. */
public final class Batching {
  private static final Logger LOG = Logger.getLogger(Batching.class);

  private final int most;

  /** By the binary logarithm of the elements per row: rows of like width cost alike. */
  private final CostCurve[] curves;

  private volatile boolean proved;

  /**
   * Lets nobody share yet.
   *
   * @param most rows of a shared run; 1 means that every request runs alone
   * @param room whether a run may be twice as large as any before
   */
  public Batching(int most, BooleanSupplier room) {
    this.most = most;
    this.curves =
        Stream.generate(() -> new CostCurve(room)).limit(Long.SIZE).toArray(CostCurve[]::new);
  }

  /**
   * Lets requests share runs, if they may and the model is seen to treat the rows of a batch as it
   * treats them alone.
   *
   * @param workspace of the model, free for a few runs
   */
  public void prove(Signature signature, Workspace workspace) {
    if (most == 1) {
      return;
    }
    var problem = RowsProof.problem(signature, workspace);
    proved = problem.isEmpty();
    LOG.info(
        problem
            .map(why -> "each request runs alone: " + why)
            .orElse("requests that wait may share runs of up to " + most + " rows"));
  }

  /** A shared run failed where its requests alone did not: from now on each runs alone. */
  public void stop() {
    proved = false;
    LOG.warn("a batch failed where its requests did not: from now on each runs alone");
  }

  /** Whether requests may share runs. */
  public boolean allowed() {
    return proved;
  }

  /**
   * How many rows the run of a request should have.
   *
   * @param waiting requests behind it, which may be of any size
   */
  public long goal(Member<?> lead, int waiting) {
    var rows = Rows.of(lead);
    return rows <= 0 || rows >= most
        ? rows
        : Math.max(rows, curve(lead).best(Math.min(most, rows + waiting)));
  }

  /** Whether a request may join a batch that has the given rows already. */
  public boolean joins(Member<?> lead, Member<?> next, long rows) {
    return Rows.alike(lead, next) && rows + Rows.of(next) <= most;
  }

  /** Takes the measurement of a run. */
  public void ran(Member<?> lead, long rows, long nanos) {
    if (rows > 0) {
      curve(lead).record(rows, nanos);
    }
  }

  private CostCurve curve(Member<?> member) {
    return curves[Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, Rows.width(member)))];
  }
}
