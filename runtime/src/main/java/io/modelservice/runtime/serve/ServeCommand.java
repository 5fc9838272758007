package io.modelservice.runtime.serve;

import io.modelservice.crds.Task;
import io.modelservice.runtime.command.Misuse;
import io.modelservice.runtime.command.Values;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The arguments of {@code serve}.
 *
 * @param folder of the artifact
 * @param ports of this machine
 * @param maxBatch most rows of a run that requests share, if the user says so
 */
public record ServeCommand(ModelFolder folder, Ports ports, OptionalInt maxBatch) {
  /** The first argument that means this command. */
  public static final String NAME = "serve";

  public static final String USAGE =
      """
      usage: serve FOLDER [--task TASK] [--max-batch ROWS] [--port PORT] [--grpc-port PORT]
                          [--state-port PORT]

      Serves the model in FOLDER (model.onnx) on this machine, by the Open Inference Protocol v2.
      The model's name is the folder's. With a task, images, texts or sounds can be sent too.

        --task TASK        by its Hugging Face name [image-classification where there are labels and
                           preprocessor_config.json, feature-extraction where there is modules.json]
        --max-batch ROWS   most rows of a run that requests share; 1: none do [32]
        --port PORT        of the API [8080]
        --grpc-port PORT   of the protocol over gRPC [8081]
        --state-port PORT  of state, health and metrics [9000]
        --help             this text
      """;

  /** As in the API, {@code runtime.batching.maxSize}. */
  private static final int MOST_ROWS = 1024;

  /** Only this machine may ask. */
  public static final String HOST = "localhost";

  /** Who may ask may also share memory with it. */
  public static final String SHARED_MEMORY = "/dev/shm";

  /**
   * Where it answers, each from 1 to 65535.
   *
   * @param api the public API
   * @param grpc the protocol over gRPC
   * @param state state, health and metrics
   */
  public record Ports(int api, int grpc, int state) {
    static final Ports DEFAULT = new Ports(8080, 8081, 9000);

    Ports with(String option, int port) {
      return switch (option) {
        case "--port" -> new Ports(port, grpc, state);
        case "--grpc-port" -> new Ports(api, port, state);
        default -> new Ports(api, grpc, port);
      };
    }
  }

  /** What stands beside the folder. */
  private record Options(Ports ports, Optional<Task> task, OptionalInt maxBatch) {
    static final Set<String> NAMES =
        Set.of("--task", "--max-batch", "--port", "--grpc-port", "--state-port");
    static final Options DEFAULT =
        new Options(Ports.DEFAULT, Optional.empty(), OptionalInt.empty());

    Options with(String option, String value) throws Misuse {
      return switch (option) {
        case "--task" -> new Options(ports, Optional.of(Values.task(value)), maxBatch);
        case "--max-batch" ->
            new Options(ports, task, OptionalInt.of(Values.number(option, value, 1, MOST_ROWS)));
        default ->
            new Options(
                ports.with(option, Values.number(option, value, 1, 65_535)), task, maxBatch);
      };
    }
  }

  /**
   * Reads the arguments that follow {@link #NAME}.
   *
   * @throws Misuse if they name no folder with a model
   */
  public static ServeCommand parse(String... arguments) throws Misuse {
    Path folder = null;
    var options = Options.DEFAULT;
    for (var rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
      var argument = rest.next();
      if (Options.NAMES.contains(argument)) {
        options = options.with(argument, rest.hasNext() ? rest.next() : "");
      } else if (argument.startsWith("-") || folder != null) {
        throw new Misuse("'" + argument + "' is not understood: see serve --help");
      } else {
        folder = Path.of(argument).toAbsolutePath().normalize();
      }
    }
    if (folder == null) {
      throw new Misuse("serve needs the folder of a model: see serve --help");
    }
    if (!Files.isRegularFile(folder.resolve("model.onnx"))) {
      throw new Misuse("there is no model.onnx in " + folder + ": name the folder that holds it");
    }
    return new ServeCommand(
        new ModelFolder(folder, options.task()), options.ports(), options.maxBatch());
  }

  /**
   * Checks that the ports can be had.
   *
   * @throws Misuse if another process has one of them
   */
  public void requirePorts() throws Misuse {
    requireFree(ports.api(), "choose another with --port");
    requireFree(ports.grpc(), "choose another with --grpc-port");
    requireFree(ports.state(), "choose another with --state-port");
  }

  private static void requireFree(int port, String advice) throws Misuse {
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(HOST, port));
    } catch (IOException e) {
      throw new Misuse("port " + port + " is in use: " + advice);
    }
  }
}
