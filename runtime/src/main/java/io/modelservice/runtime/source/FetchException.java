package io.modelservice.runtime.source;

import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.Reason;

/** The source says no; the message is one sentence that names host, bucket and key. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  public FetchException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Whether the same request can succeed later without a new plan. */
  public boolean mayPass() {
    return reason.mayPass();
  }

  public Failure toFailure() {
    return new Failure(reason, String.valueOf(getMessage()));
  }
}
