package io.modelservice.e2e.bench.servers;

import io.modelservice.e2e.cluster.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The client: wrk sends one request over and over on some connections and waits for each answer.
 */
final class Wrk {
  private static final String TIMEOUT = "30s";

  private final Setup setup;
  private final Subject subject;

  Wrk(Setup setup, Subject subject) {
    this.setup = setup;
    this.subject = subject;
  }

  /** Measures a server that is at rest. */
  Point measure(ServerProcess server, Encoding encoding, int connections) {
    return measure(server, encoding, connections, setup.seconds());
  }

  /** Lets a server that is at rest work. */
  void warm(ServerProcess server, Encoding encoding, int connections) {
    var _ = measure(server, encoding, connections, setup.warm());
  }

  private Point measure(ServerProcess server, Encoding encoding, int connections, int seconds) {
    var command = command(server, encoding, connections, seconds);
    var before = server.tree().cpuMillis();
    var lines = Command.run(command.toArray(String[]::new)).strip().lines().toList();
    var cpu = server.tree().cpuMillis() - before;
    var words = lines.getLast().split(" ", -1);
    return new Point(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        cpu / Long.parseLong(words[3]),
        server.tree().residentMegabytes(),
        Long.parseLong(words[4]));
  }

  private List<String> command(
      ServerProcess server, Encoding encoding, int connections, int seconds) {
    var request = encoding.request(subject);
    var body = setup.work().resolve(subject.name() + "-" + encoding.label() + ".body");
    try {
      Files.write(body, request.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var command = new ArrayList<>(List.of("wrk", "--latency", "--timeout", TIMEOUT));
    command.addAll(List.of("--threads", "1", "--connections", String.valueOf(connections)));
    command.addAll(List.of("--duration", seconds + "s"));
    command.addAll(List.of("--script", setup.program("infer.lua").toString()));
    command.add(server.endpoint().inference(request).uri().toString());
    command.addAll(List.of("--", body.toString()));
    if (request.isBinary()) {
      command.add(String.valueOf(request.headerLength()));
    }
    return command;
  }
}
