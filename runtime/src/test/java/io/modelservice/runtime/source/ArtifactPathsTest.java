package io.modelservice.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No name of a file leads out of the artifact's folder. */
class ArtifactPathsTest {
  private static final Path FOLDER = Path.of("/var/lib/modelservice/a/files");

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a\\..\\b", "a\0"})
  void namesThatLeadElsewhereAreRefused(String path) {
    assertThatThrownBy(() -> ArtifactPaths.checked(path, "s3://b"))
        .isInstanceOf(FetchException.class);
  }

  @Property
  void whatIsAcceptedStaysBelowTheFolder(@ForAll String path) {
    try {
      var checked = ArtifactPaths.checked(path, "s3://b");
      assertThat(ArtifactPaths.below(FOLDER, checked).startsWith(FOLDER)).isTrue();
    } catch (FetchException e) {
      assertThat(e.mayPass()).isFalse();
    }
  }

  @Test
  void foldersBelowAreFine() throws FetchException {
    assertThat(ArtifactPaths.checked("golden/a..b.json", "s3://b")).isEqualTo("golden/a..b.json");
  }
}
