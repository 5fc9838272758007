package io.modelservice.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelservice.runtime.engine.SystemFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
  @TempDir Path folder;

  @Test
  void itIsToldAsLongAsTheRegistryLives() throws Exception {
    var status = Files.writeString(folder.resolve("status"), "RssAnon:\t1 kB\n");
    var registry = new SimpleMeterRegistry();
    new ResidentMemory(new SystemFile(status)).register(registry);

    System.gc();

    var anonymous = registry.get("modelservice.memory").tag("kind", "anonymous").gauge();
    assertThat(anonymous.value()).isEqualTo(1024);
  }
}
