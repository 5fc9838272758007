package io.modelservice.runtime;

import io.modelservice.runtime.command.Misuse;
import io.modelservice.runtime.resolve.Resolve;
import io.modelservice.runtime.resolve.ResolveCommand;
import io.modelservice.runtime.serve.ServeCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Starts the server: of a pod, or with {@code serve FOLDER} of a folder on this machine; {@code
 * resolve URI} only says whether a model can be served.
 */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    var command = arguments.length == 0 ? "" : arguments[0];
    var rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    try {
      switch (command) {
        case ServeCommand.NAME -> serve(rest);
        case ResolveCommand.NAME -> resolve(rest);
        default -> Quarkus.run(Server.class, arguments);
      }
    } catch (Misuse e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void serve(List<String> arguments) throws Misuse {
    if (arguments.contains("--help")) {
      System.out.print(ServeCommand.USAGE);
      return;
    }
    var command = ServeCommand.parse(arguments.toArray(String[]::new));
    command.requirePorts();
    configure(command);
    Quarkus.run(Server.class);
  }

  private static void resolve(List<String> arguments) throws Misuse {
    if (arguments.contains("--help")) {
      System.out.print(ResolveCommand.USAGE);
      return;
    }
    var command = ResolveCommand.parse(arguments.toArray(String[]::new));
    try {
      System.exit(new Resolve(System.getenv(), System.out).run(command) ? 0 : 1);
    } catch (IOException e) {
      throw new Misuse("the verdict cannot be written: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
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
