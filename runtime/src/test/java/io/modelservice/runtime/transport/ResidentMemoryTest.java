package io.modelservice.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
  @TempDir Path folder;

  @Test
  void kibibytesAreToldAsBytes() throws Exception {
    var status = Files.writeString(folder.resolve("status"), "Name:\tjava\nRssAnon:\t  1200 kB\n");

    assertThat(new ResidentMemory(status).bytes("RssAnon:")).isEqualTo(1200 * 1024);
  }

  @Test
  void whatTheSystemDoesNotTellIsZero() throws Exception {
    var status = Files.writeString(folder.resolve("status"), "Name:\tjava\n");

    assertThat(new ResidentMemory(status).bytes("RssAnon:")).isZero();
    assertThat(new ResidentMemory(folder.resolve("missing")).bytes("RssAnon:")).isZero();
  }

  @Test
  void itIsToldAsLongAsTheRegistryLives() throws Exception {
    var status = Files.writeString(folder.resolve("status"), "RssAnon:\t1 kB\n");
    var registry = new SimpleMeterRegistry();
    new ResidentMemory(status).register(registry);

    System.gc();

    var anonymous = registry.get("modelservice.memory").tag("kind", "anonymous").gauge();
    assertThat(anonymous.value()).isEqualTo(1024);
  }
}
