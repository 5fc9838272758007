package io.modelservice.runtime.resolve;

import io.modelservice.crds.contract.PodState.ModelInfo;
import io.modelservice.crds.contract.Resolution;
import io.modelservice.runtime.command.Terminal;
import io.modelservice.runtime.fetch.ArtifactStore;
import io.modelservice.runtime.fetch.Fetcher;
import io.modelservice.runtime.fetch.SourceFactory;
import io.modelservice.runtime.pod.Loader;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.Sentences;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out the command: the verdict to the terminal and to a file. */
public final class Resolve {
  private final Map<String, String> environment;
  private final PrintStream terminal;

  public Resolve(Map<String, String> environment, PrintStream terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  /**
   * Resolves.
   *
   * @return whether the model can be served
   * @throws IOException if the result file or the scratch folder cannot be written
   */
  public boolean run(ResolveCommand command) throws IOException, InterruptedException {
    var scratch = Files.createTempDirectory("resolve");
    var store = new ArtifactStore(scratch);
    try {
      var verdict = resolver(command, store).resolve(command.entry());
      if (command.result().isPresent()) {
        Files.writeString(command.result().get(), verdict.message());
      }
      tell(command.uri(), verdict);
      return verdict.failure() == null;
    } finally {
      store.keepOnly(List.of());
      Files.delete(scratch);
    }
  }

  private Resolver resolver(ResolveCommand command, ArtifactStore store) {
    var keys =
        Optional.ofNullable(environment.get("MODELSERVICE_CREDENTIALS_FOLDER"))
            .orElse(Credentials.FOLDER);
    var sources = new SourceFactory(new Credentials(Path.of(keys), environment));
    var fetcher = new Fetcher(sources, store);
    return new Resolver(
        sources, new Trial(fetcher, Loader.ofThisContainer(), command.trialLimit()));
  }

  private void tell(String uri, Resolution verdict) {
    var place = Sentences.place(uri);
    if (verdict.failure() != null) {
      terminal.printf("%s cannot be served%n", place);
      terminal.printf("  %s: %s%n", verdict.failure().reason(), verdict.failure().message());
      terminal.printf("  %s%n", verdict.failure().reason().sentence());
      return;
    }
    terminal.printf("%s can be served%s%n", place, verdict.trial() ? "" : ", but was not tried");
    if (verdict.digest() != null) {
      terminal.printf("  digest %s%n", verdict.digest());
    }
    if (verdict.model() != null) {
      tell(verdict.model());
    }
  }

  private void tell(ModelInfo model) {
    terminal.printf(
        "  %s, opset %s, %d bytes, needs about %d MiB of memory%n",
        model.format(), model.opset(), model.sizeBytes(), model.memoryEstimateBytes() >> 20);
    Terminal.tell(terminal, model);
  }
}
