package io.modelservice.e2e.bench.servers;

import static org.awaitility.Awaitility.await;

import io.modelservice.e2e.client.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A server that runs on this machine and is ready. */
final class ServerProcess implements AutoCloseable {
  /** The first start of a peer installs it. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration REST = Duration.ofMillis(200);
  private static final double REST_CPU_MILLIS = 20;
  private static final long STOP_SECONDS = 20;
  private static final int FIRST_PORT = 21_000;
  private static final int LAST_PORT = 30_000;
  private static final int PORTS = 3;

  private final Process process;
  private final Endpoint endpoint;
  private final double secondsToReady;

  private ServerProcess(Process process, Endpoint endpoint, Path log) {
    this.process = process;
    this.endpoint = endpoint;
    this.secondsToReady = awaitReady(log);
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param command for a port; its port and the next two are free
   * @param log gets what it says
   * @throws IllegalStateException if it ends instead, with the place of its log
   */
  static ServerProcess start(IntFunction<List<String>> command, String model, Path log) {
    var port = freePorts();
    try {
      var process =
          new ProcessBuilder(command.apply(port))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      // also if the benchmarks are told to end
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      var address = URI.create("http://127.0.0.1:" + port);
      return new ServerProcess(process, new Endpoint(address, model), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePorts() {
    return IntStream.iterate(FIRST_PORT, port -> port < LAST_PORT, port -> port + PORTS)
        .filter(first -> IntStream.range(first, first + PORTS).allMatch(ServerProcess::isFree))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no three ports in a row are free"));
  }

  private static boolean isFree(int port) {
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private double awaitReady(Path log) {
    var begin = System.nanoTime();
    var end = new AtomicLong();
    try {
      await("a server that is ready")
          .pollInterval(LOOK)
          .atMost(PATIENCE)
          .until(
              () -> {
                requireAlive(log);
                var ready = isReady();
                end.set(System.nanoTime());
                return ready;
              });
      return (end.get() - begin) / 1e9;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void requireAlive(Path log) {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the server ended with status "
              + process.exitValue()
              + ": see "
              + log
              + "\n"
              + read(log));
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private boolean isReady() {
    try {
      return endpoint.get("/v2/health/ready").statusCode() == 200;
    } catch (AssertionError e) {
      return false; // nobody listens yet
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** From the call that starts the process to its first answer that it is ready. */
  double secondsToReady() {
    return secondsToReady;
  }

  ProcessTree tree() {
    return new ProcessTree(process.toHandle());
  }

  /** Waits until it no longer works on requests whose client has left. */
  void awaitRest() {
    var last = new AtomicLong();
    await("a server at rest")
        .pollInterval(REST)
        .atMost(PATIENCE)
        .until(
            () -> {
              var now = (long) tree().cpuMillis();
              return now - last.getAndSet(now) <= REST_CPU_MILLIS;
            });
  }

  @Override
  public void close() {
    var descendants = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
