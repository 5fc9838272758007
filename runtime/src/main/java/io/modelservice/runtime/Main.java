package io.modelservice.runtime;

import io.modelservice.runtime.serve.ServeCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;

/** Starts the server: of a pod, or with {@code serve FOLDER} of a folder on this machine. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals(ServeCommand.NAME)) {
      Quarkus.run(Server.class, arguments);
      return;
    }
    var rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    if (Arrays.asList(rest).contains("--help")) {
      System.out.print(ServeCommand.USAGE);
      return;
    }
    try {
      var command = ServeCommand.parse(rest);
      command.requirePorts();
      configure(command);
      Quarkus.run(Server.class);
    } catch (ServeCommand.Misuse e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void configure(ServeCommand command) {
    System.setProperty("modelservice.serve.folder", command.folder().path().toString());
    command
        .folder()
        .wanted()
        .ifPresent(task -> System.setProperty("modelservice.serve.task", task.id()));
    command
        .maxBatch()
        .ifPresent(
            rows -> System.setProperty("modelservice.serve.max-batch", Integer.toString(rows)));
    System.setProperty("modelservice.artifacts.folder", temporary());
    System.setProperty("modelservice.shared-memory.folder", ServeCommand.SHARED_MEMORY);
    System.setProperty("modelservice.drain.delay", "0s"); // nobody has to learn that it leaves
    System.setProperty("quarkus.http.host", ServeCommand.HOST);
    System.setProperty("quarkus.management.host", ServeCommand.HOST);
    System.setProperty("quarkus.http.port", Integer.toString(command.ports().api()));
    System.setProperty("modelservice.grpc.port", Integer.toString(command.ports().grpc()));
    System.setProperty("quarkus.management.port", Integer.toString(command.ports().state()));
    System.setProperty("quarkus.log.console.json.enabled", "false");
  }

  /** Never written to: a folder is served where it lies. */
  private static String temporary() {
    return System.getProperty("java.io.tmpdir") + "/modelservice-serve";
  }
}
