package io.modelservice.runtime.measure;

/** The parts of a request's time, in their order. */
public enum Phase {
  /** Receiving the body. */
  READ(0),
  /** Waiting for a lane. */
  QUEUE(1),
  /** From the bytes of the request to the memory of the inputs. */
  DECODE(2),
  /** Waiting for the others of its batch; next to nothing for a request that runs alone. */
  BATCH(3),
  /** The model. */
  RUN(4),
  /** From the memory of the outputs to the bytes of the answer. */
  ENCODE(5),
  /** Handing the answer to the connection. */
  WRITE(6);

  private final int place;

  Phase(int place) {
    this.place = place;
  }

  /** Its place in an array of all phases. */
  int place() {
    return place;
  }
}
