package io.modelservice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is admitted by the memory that its container has left. */
class MemoryCheckTest {
  private static final long MIB = 1 << 20;

  @TempDir Path root;

  @Test
  void ofAVersion2LimitThePageCacheDoesNotCount() throws IOException {
    write("memory.max", 512 * MIB);
    write("memory.current", 400 * MIB);
    write("memory.stat", "anon 1\ninactive_file " + 100 * MIB + "\nactive_file " + 50 * MIB + "\n");
    assertThat(memory().free()).isEqualTo(262 * MIB);
  }

  @Test
  void ofAVersion1LimitThePageCacheDoesNotCount() throws IOException {
    write("memory/memory.limit_in_bytes", 256 * MIB);
    write("memory/memory.usage_in_bytes", 200 * MIB);
    write("memory/memory.stat", "cache 5\ntotal_inactive_file " + 44 * MIB + "\n");
    assertThat(memory().free()).isEqualTo(100 * MIB);
  }

  @Test
  void withoutALimitTheMachineCounts() throws IOException {
    write("memory.max", "max");
    write("memory.current", 400 * MIB);
    write("meminfo", "MemTotal:   9 kB\nMemAvailable:   2048 kB\n");
    assertThat(memory().free()).isEqualTo(2 * MIB);
  }

  @Test
  void aModelThatDoesNotFitIsRefusedWithNumbers() throws IOException {
    write("memory.max", 512 * MIB);
    write("memory.current", 312 * MIB);
    var check = new MemoryCheck(memory());
    assertThatCode(() -> check.admit(30 * MIB)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check.admit(60 * MIB))
        .hasMessage(
            "the model needs about 214 MiB, the pod has 200 MiB left: raise the memory limit by 14"
                + " MiB");
  }

  @Test
  void thereIsRoomToDoubleAsLongAsMoreIsFreeThanTheProcessHolds() throws IOException {
    write("memory.max", 1024 * 1024 * MIB);
    write("memory.current", 400 * MIB);
    write("status", "Name:\tjava\nRssAnon:\t  " + (300 << 10) + " kB\n");
    var check = new MemoryCheck(memory());
    assertThat(check.couldDouble()).isTrue();

    write("memory.max", 600 * MIB);
    assertThat(check.couldDouble()).isFalse();
  }

  private Memory memory() {
    return new Memory(root, root.resolve("meminfo"), root.resolve("status"));
  }

  private void write(String file, Object content) throws IOException {
    Files.createDirectories(root.resolve(file).resolveSibling("."));
    Files.writeString(root.resolve(file), content + "\n");
  }
}
