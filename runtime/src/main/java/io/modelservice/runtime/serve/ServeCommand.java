package io.modelservice.runtime.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/**
 * The arguments of {@code serve}.
 *
 * @param folder of the artifact, absolute
 * @param port of the public API, 1 to 65535
 */
public record ServeCommand(Path folder, int port) {
  /** The first argument that means this command. */
  public static final String NAME = "serve";

  public static final String USAGE =
      """
      usage: serve FOLDER [--port PORT]

      Serves the model in FOLDER (model.onnx) on this machine, by the Open Inference Protocol v2.
      The model's name is the folder's. With labels.txt (or config.json) and
      preprocessor_config.json beside it, images can be sent too.

        --port PORT  of the API [8080]; the state is at port 9000
        --help       this text
      """;

  /** Only this machine may ask. */
  public static final String HOST = "localhost";

  private static final int DEFAULT_PORT = 8080;
  private static final int STATE_PORT = 9000;

  /** The arguments do not make sense; the message is one sentence. */
  public static final class Misuse extends Exception {
    private static final long serialVersionUID = 1;

    Misuse(String message) {
      super(message);
    }
  }

  /**
   * Reads the arguments that follow {@link #NAME}.
   *
   * @throws Misuse if they name no folder with a model
   */
  public static ServeCommand parse(String... arguments) throws Misuse {
    Path folder = null;
    var port = DEFAULT_PORT;
    for (var rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
      var argument = rest.next();
      if (argument.equals("--port")) {
        port = port(rest);
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
    return new ServeCommand(folder, port);
  }

  private static int port(Iterator<String> rest) throws Misuse {
    try {
      var port = rest.hasNext() ? Integer.parseInt(rest.next()) : 0;
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new Misuse("--port needs a number from 1 to 65535");
  }

  /**
   * Checks that the ports can be had.
   *
   * @throws Misuse if another process has one of them
   */
  public void requirePorts() throws Misuse {
    requireFree(port, "choose another with --port");
    requireFree(STATE_PORT, "the state needs it, so stop the process that has it");
  }

  private static void requireFree(int port, String advice) throws Misuse {
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(HOST, port));
    } catch (IOException e) {
      throw new Misuse("port " + port + " is in use: " + advice);
    }
  }

  /** The folder's name as a model's name: lower case, other characters become dashes. */
  public String model() {
    var name = String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
    return name.replaceAll("[^a-z0-9.-]", "-");
  }

  /** Whether the folder holds what the task image-classification needs. */
  public boolean classifiesImages() {
    return Files.exists(folder.resolve("preprocessor_config.json"))
        && (Files.exists(folder.resolve("labels.txt"))
            || Files.exists(folder.resolve("config.json")));
  }
}
