package io.modelservice.e2e.bench.servers;

import java.util.List;
import java.util.stream.Stream;

/** Whether the runtime lets requests share runs of the model. */
enum Sharing {
  /** As it is by default. */
  ON,
  OFF;

  /** Starts the runtime as its image does, with the subject as its only model. */
  List<String> command(Setup setup, Subject subject, int port) {
    var usual = Server.image(setup, "cached", subject, port);
    return switch (this) {
      case ON -> usual;
      case OFF -> Stream.concat(usual.stream(), Stream.of("--max-batch", "1")).toList();
    };
  }

  Line line(int connections) {
    return Line.of(name(), Encoding.BINARY, connections);
  }
}
