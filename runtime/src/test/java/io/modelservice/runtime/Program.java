package io.modelservice.runtime;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged program as a process of its own. */
final class Program implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with JVM options and arguments. */
  static Program start(List<String> options, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
    command.addAll(List.of(arguments));
    var output = Files.createTempFile(Path.of("target"), "program", ".log");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    return new Program(builder.redirectOutput(output.toFile()).start(), output);
  }

  /** JVM options of a pod that has a plan of one entry, and its files below a folder. */
  static List<String> options(Path folder, Entry entry, int api, int management)
      throws IOException {
    var plan = new ServingPlan(1, 1, "default/espresso", "token", "local", List.of(entry));
    var file = Files.writeString(folder.resolve("plan.json"), ContractJson.write(plan));
    return List.of(
        "-Dmodelservice.plan.file=" + file,
        "-Dmodelservice.artifacts.folder=" + folder.resolve("artifacts"),
        "-Dquarkus.http.port=" + api,
        "-Dmodelservice.grpc.port=0",
        "-Dquarkus.management.port=" + management);
  }

  static int freePort() throws IOException {
    try (var probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  Process process() {
    return process;
  }

  /** Where it writes. */
  Path log() {
    return output;
  }

  /** What it has written so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** The status of a GET, or 0 if nobody answers. */
  int status(int port, String path) throws InterruptedException {
    try {
      var uri = URI.create("http://localhost:" + port + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The status of a POST. */
  int post(int port, String path, String body) throws IOException, InterruptedException {
    var uri = URI.create("http://localhost:" + port + path);
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join(); // its ports are free again
    http.close();
  }
}
