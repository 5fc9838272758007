package io.modelservice.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.sharedmemory.Regions;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerMetadataTest {

  @Test
  void sharedMemoryIsAnnouncedOnlyWhereItIsOffered() {
    var offered = new ServerMetadata(new Regions(Path.of("/dev/shm")), "1");
    var off = new ServerMetadata(new SharedMemory.Off(), "1");

    assertThat(offered.extensions()).contains("classification", "system_shared_memory");
    assertThat(off.extensions()).contains("classification").doesNotContain("system_shared_memory");
  }
}
