package io.modelservice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFileTest {
  @TempDir Path folder;

  @Test
  void aNumberIsFoundByTheNameBeforeIt() throws Exception {
    var status =
        Files.writeString(folder.resolve("status"), "Name:\tjava 21\nRssAnon:\t  1200 kB\n");

    assertThat(new SystemFile(status).number("RssAnon:")).isEqualTo(1200);
  }

  @Test
  void whatTheSystemDoesNotTellIsZero() throws Exception {
    var status = Files.writeString(folder.resolve("status"), "Name:\tjava\n");

    assertThat(new SystemFile(status).number("RssAnon:")).isZero();
    assertThat(new SystemFile(folder.resolve("missing")).number("RssAnon:")).isZero();
  }
}
