package io.modelservice.runtime.engine;

import io.modelservice.crds.contract.Reason;

/** The engine says no; the message is one sentence. */
public final class EngineException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  public EngineException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
