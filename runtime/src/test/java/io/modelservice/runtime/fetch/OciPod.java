package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A pod that fetches from a registry, each time onto an empty disk. */
final class OciPod {
  private final Path folder;
  private final OciRegistryServer registry;

  /**
   * A pod.
   *
   * @param folder where its Secret is mounted, empty yet; its disks are below
   */
  OciPod(Path folder, OciRegistryServer registry) {
    this.folder = folder;
    this.registry = registry;
  }

  /** Its Secret has an account for the registry, and one for another. */
  void account(String user, String password) {
    var account = "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password);
    secret("{\"auths\": {\"https://ghcr.io\": {}, \"%s\": " + account + "}}");
  }

  /** Its Secret has this {@code .dockerconfigjson}, where {@code %s} is the registry. */
  void secret(String configuration) {
    try {
      Files.writeString(
          folder.resolve(".dockerconfigjson"), configuration.replace("%s", registry.registry()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SourceFactory sources() {
    return new SourceFactory(new Credentials(folder, Map.of()));
  }

  Path disk() throws IOException {
    return Files.createTempDirectory(folder, "store");
  }

  Artifact fetch(String version) throws FetchException, InterruptedException, IOException {
    return fetch(Entries.of(registry.uri(version), null), disk());
  }

  Artifact fetch(Entry entry, Path disk) throws FetchException, InterruptedException {
    return new Fetcher(sources(), new ArtifactStore(disk)).fetch(entry, new Progress());
  }

  void assertRefused(String version, Reason reason, String part) {
    assertRefused(Entries.of(registry.uri(version), null), reason, part);
  }

  void assertRefused(Entry entry, Reason reason, String part) {
    assertThatThrownBy(() -> fetch(entry, disk()))
        .hasMessageContaining(part)
        .hasMessageNotContainingAny("\n", "pass:word", "guess:ed", "token-of", "Signature")
        .asInstanceOf(type(FetchException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
