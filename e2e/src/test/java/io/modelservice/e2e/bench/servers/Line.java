package io.modelservice.e2e.bench.servers;

/**
 * A line of a table.
 *
 * @param who the server, or the loop
 * @param how the request and the connections, or the threads
 */
record Line(String who, String how) {
  static final String LOOP = "loop in C";
  static final String PYTHON_LOOP = "loop in Python";

  static Line of(String server, Encoding encoding, int connections) {
    return new Line(server, encoding.label() + ", c=" + connections);
  }

  static Line loop(int threads) {
    return new Line(LOOP, threads == 1 ? "1 thread" : threads + " threads");
  }
}
