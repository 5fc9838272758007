package io.modelservice.crds.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiReferenceTest {
  @Test
  void theApiReferenceSaysWhatTheCrdSays() {
    assertThat(Path.of("../docs/api.md"))
        .as("docs/api.md is not current: copy crds/target/api.md over it")
        .hasSameTextualContentAs(Path.of("target/api.md"));
  }
}
