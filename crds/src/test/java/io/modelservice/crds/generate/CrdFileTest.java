package io.modelservice.crds.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The CRD that is checked in is the one that the records give. */
class CrdFileTest {
  private static final String NAME = "modelservices.serving.modelservice.io-v1.yml";
  private static final Path GENERATED = Path.of("target/crd", NAME);
  private static final Path CHECKED_IN = Path.of("src/main/resources/META-INF/modelservice", NAME);

  @Test
  void theCheckedInCrdIsCurrent() throws IOException {
    assertThat(Files.readString(CHECKED_IN))
        .as("copy crds/%s to crds/%s", GENERATED, CHECKED_IN)
        .isEqualTo(Files.readString(GENERATED));
  }

  @Test
  void theCrdStaysSmallEnoughForClientSideApply() throws IOException {
    assertThat(Files.size(CHECKED_IN)).isLessThan(64 * 1024);
  }
}
