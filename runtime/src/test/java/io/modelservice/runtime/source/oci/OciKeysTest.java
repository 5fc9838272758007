package io.modelservice.runtime.source.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts of registries come from a Secret for pulling images. */
class OciKeysTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, ghcr.io/acme/espresso",
    "https://ghcr.io, ghcr.io/acme/espresso",
    "https://ghcr.io/v2/, ghcr.io/acme/espresso",
    "ghcr.io/acme, ghcr.io/acme/espresso",
    "localhost:5000, localhost:5000/acme/espresso",
    "https://index.docker.io/v1/, docker.io/acme/espresso",
    "docker.io, index.docker.io/acme/espresso",
    "registry-1.docker.io, docker.io/espresso",
  })
  void anAccountIsThatOfItsRegistry(String name, String artifact) throws Exception {
    assertThat(keys(".dockerconfigjson", auths(name, "barista"), artifact).user())
        .isEqualTo("barista");
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, ghcr.io:5000/acme/espresso",
    "ghcr.io, ghcr.io.example.com/acme/espresso",
    "ghcr.io/ac, ghcr.io/acme/espresso",
    "https://index.docker.io/v1/, ghcr.io/acme/espresso",
  })
  void anotherRegistryGetsNoAccount(String name, String artifact) throws Exception {
    assertThat(keys(".dockerconfigjson", auths(name, "barista"), artifact).stranger()).isTrue();
  }

  @Test
  void theAccountOfAPartGoesBeforeThatOfItsRegistry() throws Exception {
    var both = auths("ghcr.io/acme", "owner").replace("}}}", "}, ") + inner("ghcr.io", "other");
    assertThat(keys(".dockerconfigjson", both + "}}", "ghcr.io/acme/espresso").user())
        .isEqualTo("owner");
  }

  @Test
  void userAndPasswordMayStandTogether() throws Exception {
    var keys =
        keys(
            "config.json",
            "{\"auths\": {\"ghcr.io\": {\"auth\": \"YmFyaXN0YTpwYXNzOndvcmQ=\"}}}",
            "ghcr.io/acme/espresso");
    assertThat(keys).isEqualTo(new OciKeys("barista", "pass:word", ""));
    assertThat(keys.basic()).contains("Basic YmFyaXN0YTpwYXNzOndvcmQ=");
    assertThat(keys.toString()).doesNotContain("barista", "pass:word");
  }

  @Test
  void theEnvironmentDoesWhereThereIsNoSecret() throws Exception {
    var reference = OciReference.of(URI.create("oci://ghcr.io/acme/espresso"));
    var environment = Map.of("DOCKER_AUTH_CONFIG", auths("ghcr.io", "barista"));
    assertThat(OciKeys.of(new Credentials(folder, environment), reference).user())
        .isEqualTo("barista");
    Files.writeString(folder.resolve(".dockerconfigjson"), auths("ghcr.io", "of the Secret"));
    assertThat(OciKeys.of(new Credentials(folder, environment), reference).user())
        .isEqualTo("of the Secret");
  }

  @Test
  void withoutASecretOneIsAStranger() throws Exception {
    var keys = keys("other", "", "ghcr.io/acme/espresso");
    assertThat(keys.stranger()).isTrue();
    assertThat(keys.basic()).isEmpty();
  }

  private static String auths(String name, String user) {
    return "{\"auths\": {" + inner(name, user) + "}}";
  }

  private static String inner(String name, String user) {
    return "\"%s\": {\"username\": \"%s\", \"password\": \"p\"}".formatted(name, user);
  }

  private OciKeys keys(String file, String content, String artifact)
      throws FetchException, IOException {
    Files.writeString(folder.resolve(file), content);
    var reference = OciReference.of(URI.create("oci://" + artifact));
    return OciKeys.of(new Credentials(folder, Map.of()), reference);
  }
}
