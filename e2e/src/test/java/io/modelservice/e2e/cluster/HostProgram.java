package io.modelservice.e2e.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server of the host, where pods reach it; it ends with the story. */
final class HostProgram implements AutoCloseable {
  static final String HOST = "172.30.0.1";
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;

  private HostProgram(Process process) {
    this.process = process;
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param log takes its output
   * @param port that it listens on
   */
  static HostProgram start(
      Path log, int port, List<String> command, Map<String, String> environment) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      var program = new HostProgram(builder.redirectOutput(log.toFile()).start());
      program.awaitListening(port, log);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(command.getFirst() + " cannot be run: is it built?", e);
    }
  }

  private void awaitListening(int port, Path log) {
    try {
      await("a server to listen; its output is in " + log).atMost(START).until(() -> listens(port));
    } catch (RuntimeException | AssertionError e) {
      process.destroy();
      throw e;
    }
  }

  static int freePort() {
    try (var probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens(int port) {
    if (!process.isAlive()) {
      throw new AssertionError("it ended with status " + process.exitValue());
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
