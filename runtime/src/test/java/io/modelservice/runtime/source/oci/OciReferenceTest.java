package io.modelservice.runtime.source.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelservice.runtime.source.FetchException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of artifacts are read as those of images are. */
class OciReferenceTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "oci://ghcr.io/acme/espresso:v1, https://ghcr.io/v2/acme/espresso/, v1",
    "oci://ghcr.io/acme/espresso, https://ghcr.io/v2/acme/espresso/, latest",
    "oci://GHCR.io/acme/espresso:V1, https://ghcr.io/v2/acme/espresso/, V1",
    "oci://ghcr.io/acme/espresso@DIGEST, https://ghcr.io/v2/acme/espresso/, DIGEST",
    "oci://ghcr.io/acme/espresso:v1@DIGEST, https://ghcr.io/v2/acme/espresso/, DIGEST",
    "oci://example.com:5000/a, https://example.com:5000/v2/a/, latest",
    "oci://example.com/a/b-c/d__e/f.g/h---i:1, https://example.com/v2/a/b-c/d__e/f.g/h---i/, 1",
    "oci://docker.io/espresso, https://registry-1.docker.io/v2/library/espresso/, latest",
    "oci://index.docker.io/acme/espresso, https://registry-1.docker.io/v2/acme/espresso/, latest",
  })
  void anAddressNamesARepositoryAndAVersionOfIt(String uri, URI endpoint, String version)
      throws Exception {
    var reference = parsed(uri);
    assertThat(reference.endpoint()).isEqualTo(endpoint);
    assertThat(reference.version()).isEqualTo(version.replace("DIGEST", DIGEST));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, http",
    "localhost:5000, http",
    "127.0.0.1:5000, http",
    "registry.storage.svc:5000, http",
    "registry.storage.svc.cluster.local, http",
    "registry.svc.example.com, https",
    "localhost.example.com, https",
    "127.0.0.10, https",
    "svc, https",
  })
  void onlyWhatIsNearIsAskedWithoutTls(String registry, String scheme) throws Exception {
    var endpoint = parsed("oci://" + registry + "/acme/espresso").endpoint();
    assertThat(endpoint).hasScheme(scheme).hasAuthority(registry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci:ghcr.io/acme",
        "oci:///acme/espresso",
        "oci://ghcr.io",
        "oci://ghcr.io/",
        "oci://ghcr.io/Acme/espresso",
        "oci://ghcr.io/acme//espresso",
        "oci://ghcr.io/acme/espresso/",
        "oci://ghcr.io/../espresso",
        "oci://ghcr.io/acme/a___b",
        "oci://ghcr.io/acme/%2e%2e",
        "oci://ghcr.io/acme/espresso:",
        "oci://ghcr.io/acme/espresso:-v1",
        "oci://ghcr.io/acme/espresso:v1/x",
        "oci://ghcr.io/acme/espresso@",
        "oci://ghcr.io/acme/espresso@sha256:0123",
        "oci://ghcr.io/acme/espresso@v1",
        "oci://ghcr.io/acme/espresso?tag=secret",
        "oci://ghcr.io/acme/espresso#secret",
        "oci://barista:secret@ghcr.io/acme/espresso",
      })
  void whatNamesNoArtifactIsRefusedAndNotTold(String uri) {
    assertThatThrownBy(() -> parsed(uri))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("oci://REGISTRY/REPOSITORY[:TAG][@sha256:DIGEST]")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aNameOfTheGreatestLengthIsRead() throws Exception {
    var repository = "a/".repeat(1000) + "a";
    assertThat(parsed("oci://ghcr.io/" + repository).repository()).isEqualTo(repository);
    assertThatThrownBy(() -> parsed("oci://ghcr.io/" + "a".repeat(2000) + "A"))
        .isInstanceOf(FetchException.class);
  }

  @Test
  void aMessageNamesWhatIsRead() throws Exception {
    var reference = parsed("oci://ghcr.io/acme/espresso");
    assertThat(reference).hasToString("oci://ghcr.io/acme/espresso:latest");
    assertThat(reference.at(DIGEST)).hasToString("oci://ghcr.io/acme/espresso@" + DIGEST);
  }

  private static OciReference parsed(String uri) throws FetchException {
    return OciReference.of(URI.create(uri.replace("DIGEST", DIGEST)));
  }
}
