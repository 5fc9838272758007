package io.modelservice.e2e.bench.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A server to measure, in the order of its turns. */
enum Server {
  RUNTIME,
  KSERVE,
  MLSERVER,
  FASTAPI;

  /** Those it can be asked in. */
  List<Encoding> encodings() {
    return switch (this) {
      case RUNTIME, KSERVE -> List.of(Encoding.JSON, Encoding.BINARY);
      case MLSERVER, FASTAPI -> List.of(Encoding.JSON);
    };
  }

  /** Its name in the tables, with the version that its requirements pin. */
  String label(Setup setup) {
    return switch (this) {
      case RUNTIME -> "this runtime";
      case KSERVE -> "KServe " + version(setup, "kserve");
      case MLSERVER -> "MLServer " + version(setup, "mlserver");
      case FASTAPI ->
          "FastAPI " + version(setup, "fastapi") + ", uvicorn " + version(setup, "uvicorn");
    };
  }

  /**
   * Starts it with the subject as its only model.
   *
   * @param port of its API; it may also use the next two
   */
  List<String> command(Setup setup, Subject subject, int port) {
    return this == RUNTIME
        ? image(setup, "cached", subject, port)
        : List.of(
            setup.peers().toString(),
            program(),
            String.valueOf(port),
            setup.alone(subject).toString());
  }

  /**
   * Starts the runtime as its image does.
   *
   * @param kind {@code cached} or {@code uncached}: with the AOT cache or without it
   */
  static List<String> image(Setup setup, String kind, Subject subject, int port) {
    return List.of(
        setup.program("image.sh").toString(),
        setup.work().resolve(kind + ".command").toString(),
        setup.work().resolve("image").toString(),
        setup.folder(subject).toString(),
        "--port",
        String.valueOf(port),
        "--state-port",
        String.valueOf(port + 1),
        "--grpc-port",
        String.valueOf(port + 2));
  }

  /**
   * Starts the runtime as its image does, within a limit of memory.
   *
   * @param mebibytes beyond which the kernel kills it
   */
  static List<String> confined(Setup setup, Subject subject, int port, int mebibytes) {
    var command = new ArrayList<>(image(setup, "cached", subject, port));
    command.addAll(1, List.of("--memory", String.valueOf(mebibytes)));
    return command;
  }

  private String program() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String version(Setup setup, String library) {
    var requirements = setup.peers().resolveSibling("requirements-" + program() + ".txt");
    try (var lines = Files.lines(requirements)) {
      return lines
          .filter(line -> line.startsWith(library + "=="))
          .map(line -> line.substring(library.length() + 2))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(requirements + " pins no " + library));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
