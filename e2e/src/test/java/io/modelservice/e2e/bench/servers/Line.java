package io.modelservice.e2e.bench.servers;

/**
 * A line of a table.
 *
 * @param who the server, or the loop
 * @param how the request and the connections, or the threads
 * @param threads of the loop that it is compared with
 */
record Line(String who, String how, int threads) {
  static final String LOOP = "loop in C";
  static final String FLOOR = "HTTP in C, no model";

  static Line of(String server, Encoding encoding, int connections) {
    return new Line(
        server,
        encoding.label() + ", c=" + connections,
        connections == 1 ? 1 : Comparison.threads());
  }

  static Line loop(int threads) {
    return new Line(LOOP, threads == 1 ? "1 thread" : threads + " threads", threads);
  }

  /** HTTP without a model. */
  static Line floor(int connections) {
    return of(FLOOR, Encoding.BINARY, connections);
  }

  static Line pythonLoop() {
    return new Line("loop in Python", "1 thread", 1);
  }
}
