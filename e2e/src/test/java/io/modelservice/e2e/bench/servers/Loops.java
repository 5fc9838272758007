package io.modelservice.e2e.bench.servers;

import ai.onnxruntime.OrtEnvironment;
import io.modelservice.e2e.client.Tensor;
import io.modelservice.e2e.cluster.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a model does without a server, and HTTP without a model: the ceiling. */
final class Loops implements AutoCloseable {
  private static final String LIBRARY = "image/deployments/native/libonnxruntime.so";
  private static final Pattern PYTHON =
      Pattern.compile("p50 +([0-9.]+) ms +p99 +([0-9.]+) ms +([0-9.]+) runs/s");

  private final Setup setup;
  private final Subject subject;
  private final ServerProcess http;

  /**
   * Loops of a model.
   *
   * @param answer bytes that HTTP without the model answers
   */
  Loops(Setup setup, Subject subject, int answer) {
    this.setup = setup;
    this.subject = subject;
    var program = setup.work().resolve("floor").toString();
    this.http =
        ServerProcess.start(
            port -> List.of(program, String.valueOf(port), String.valueOf(answer)),
            subject.name(),
            setup.work().resolve(subject.name() + "-floor.log"));
  }

  /** On the C API of the library that the image has. */
  Point inC(int threads) {
    var command = new ArrayList<String>();
    command.add(setup.work().resolve("loop").toString());
    command.add(setup.work().resolve(LIBRARY).toString());
    command.add(setup.folder(subject).resolve("model.onnx").toString());
    command.add(String.valueOf(threads));
    command.add(String.valueOf(setup.seconds()));
    subject.inputs().forEach(input -> command.add(argument(input)));
    var words = Command.run(command.toArray(String[]::new)).strip().split(" ", -1);
    requireSameVersion(words[5]);
    return new Point(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]),
        0);
  }

  private String argument(Tensor input) {
    var file = setup.work().resolve(subject.name() + "-" + input.name() + ".bin");
    var bytes = new byte[input.data().capacity()];
    input.data().get(0, bytes);
    write(file, bytes);
    var shape = input.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    return String.join(":", List.of(input.name(), input.datatype(), shape, file.toString()));
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireSameVersion(String version) {
    var ours = OrtEnvironment.getEnvironment().getVersion();
    if (!version.equals(ours)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the image has ONNX Runtime %s, the benchmarks %s: build the image again",
              version,
              ours));
    }
  }

  /** In the interpreter of the other servers. */
  Point inPython() {
    var said =
        Command.run(
            setup.peers().toString(),
            "loop",
            String.valueOf(setup.seconds()),
            setup.alone(subject).toString());
    var figures = PYTHON.matcher(said);
    if (!figures.find()) {
      throw new IllegalStateException("the loop in Python said: " + said);
    }
    return new Point(
        Double.parseDouble(figures.group(1)),
        Double.parseDouble(figures.group(2)),
        Double.parseDouble(figures.group(3)),
        Double.NaN,
        Double.NaN,
        0);
  }

  /** HTTP in C, which reads the binary request and always gives the same answer. */
  Point overHttp(Wrk wrk, int connections) {
    return wrk.measure(http, Encoding.BINARY, connections);
  }

  @Override
  public void close() {
    http.close();
  }
}
