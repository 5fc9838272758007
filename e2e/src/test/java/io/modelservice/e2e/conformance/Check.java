package io.modelservice.e2e.conformance;

/**
 * One thing that a client relies on.
 *
 * @param name what the server does, as the table says it
 */
record Check(Level level, String name, Probe probe) {

  /** Asks the server; returns if it does as it should. */
  @FunctionalInterface
  interface Probe {
    /**
     * Asks the server.
     *
     * @throws ViolationException if the server does something else
     * @throws NotOfferedException if the server says that it has no such thing
     * @throws Exception if there was no answer
     */
    void run() throws Exception;
  }

  static Check required(String name, Probe probe) {
    return new Check(new Level.Required(), name, probe);
  }
}
