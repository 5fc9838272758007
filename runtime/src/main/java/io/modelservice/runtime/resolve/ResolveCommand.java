package io.modelservice.runtime.resolve;

import io.modelservice.crds.Task;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import io.modelservice.runtime.command.Misuse;
import io.modelservice.runtime.command.Values;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of {@code resolve}.
 *
 * @param uri of the artifact, as {@code model.uri}
 * @param trialLimit bytes of the largest artifact that is fetched, loaded and run
 * @param result the file that the verdict is written to, as JSON
 */
public record ResolveCommand(
    String uri, Optional<Task> task, long trialLimit, Optional<Path> result) {
  /** The first argument that means this command. */
  public static final String NAME = "resolve";

  public static final String USAGE =
      """
      usage: resolve URI [--task TASK] [--trial-limit MIB] [--result FILE]

      Says whether the model at URI (as model.uri of a ModelService, or file:///a/folder) can be
      served: lists its files, reads the ONNX file without its weights, then loads and runs it on
      the CPU. Exits with 0 if it can be served, with 1 if not. Keys of stores are read from the
      environment (AWS_ACCESS_KEY_ID, HF_TOKEN, DOCKER_AUTH_CONFIG and so on) and from the mounted Secret.

        --task TASK         by its Hugging Face name; its labels and settings are checked too
        --trial-limit MIB   largest artifact that is fetched and run; 0: none is [2048]
        --result FILE       where the verdict goes as JSON, of 4,096 bytes at most
        --help              this text
      """;

  private static final String REVISION = "resolve";
  private static final int MOST_MEBIBYTES = 1 << 20;
  private static final Set<String> OPTIONS = Set.of("--task", "--trial-limit", "--result");
  private static final long USUAL_LIMIT = 2L << 30;

  /**
   * Reads the arguments that follow {@link #NAME}.
   *
   * @throws Misuse if they name no URI
   */
  public static ResolveCommand parse(String... arguments) throws Misuse {
    var command = new ResolveCommand("", Optional.empty(), USUAL_LIMIT, Optional.empty());
    for (var rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
      var argument = rest.next();
      if (OPTIONS.contains(argument)) {
        command = command.with(argument, rest.hasNext() ? rest.next() : "");
      } else if (argument.startsWith("-") || !command.uri.isEmpty()) {
        throw new Misuse("'" + argument + "' is not understood: see resolve --help");
      } else {
        command = new ResolveCommand(argument, command.task, command.trialLimit, command.result);
      }
    }
    if (command.uri.isEmpty()) {
      throw new Misuse("resolve needs the URI of a model: see resolve --help");
    }
    return command;
  }

  private ResolveCommand with(String option, String value) throws Misuse {
    return switch (option) {
      case "--task" -> new ResolveCommand(uri, Optional.of(Values.task(value)), trialLimit, result);
      case "--trial-limit" ->
          new ResolveCommand(
              uri, task, (long) Values.number(option, value, 0, MOST_MEBIBYTES) << 20, result);
      default -> new ResolveCommand(uri, task, trialLimit, Optional.of(Path.of(value)));
    };
  }

  Entry entry() {
    return new Entry(REVISION, Role.Stable, uri, null, null, Settings.of(task.orElse(null)));
  }
}
