package io.modelservice.runtime.measure;

/** The parts of a request's time, in their order. */
public enum Phase {
  /** Receiving the body. */
  READ(0),
  /** Waiting for a lane. */
  QUEUE(1),
  /** From the bytes of the request to the memory of the inputs. */
  DECODE(2),
  /** The model. */
  RUN(3),
  /** From the memory of the outputs to the bytes of the answer. */
  ENCODE(4),
  /** Handing the answer to the connection. */
  WRITE(5);

  private final int place;

  Phase(int place) {
    this.place = place;
  }

  /** Its place in an array of all phases. */
  int place() {
    return place;
  }
}
