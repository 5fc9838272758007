package io.modelservice.runtime.command;

/** The arguments do not make sense; the message is one sentence. */
public final class Misuse extends Exception {
  private static final long serialVersionUID = 1;

  public Misuse(String message) {
    super(message);
  }
}
