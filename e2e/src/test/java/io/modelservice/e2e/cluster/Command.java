package io.modelservice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs that a user types: kubectl, helm, curl. */
public final class Command {
  private static final int MINUTES = 6;

  private Command() {}

  /** The program's standard output; it must end well. */
  public static String run(String... command) {
    return runWith("", command);
  }

  /**
   * The program's standard output.
   *
   * @param input for its standard input
   * @throws AssertionError with what it said, if it does not end well
   */
  public static String runWith(String input, String... command) {
    var result = attempt(input, command);
    if (result.status() != 0) {
      throw new AssertionError(
          "%s ended with status %d: %s%s"
              .formatted(
                  String.join(" ", List.of(command).subList(0, Math.min(4, command.length))),
                  result.status(),
                  result.errors(),
                  result.output()));
    }
    return result.output();
  }

  /** What became of a program. */
  public record Result(int status, String output, String errors) {}

  /** Runs a program to its end, whatever that is. */
  public static Result attempt(String input, String... command) {
    try {
      var process = new ProcessBuilder(command).start();
      var errors = CompletableFuture.supplyAsync(() -> errors(process));
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(UTF_8));
      }
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " did not end within " + MINUTES + " minutes");
      }
      return new Result(process.exitValue(), output, errors.join());
    } catch (IOException e) {
      throw new UncheckedIOException(command[0] + " cannot be run: is it on the PATH?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command[0] + " was interrupted", e);
    }
  }

  private static String errors(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
