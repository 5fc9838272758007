package io.modelservice.runtime.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.modelservice.runtime.protocol.Body;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What one client names the fields of its requests is no burden for the requests of others. */
class UnknownNamesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int NAMES = 100_000;
  private static final long LITTLE = 64 << 10;

  @Test
  void manyNamesLeaveNothingBehind() throws Exception {
    for (var i = 0; i < NAMES; i++) {
      read("{\"inputs\": \"coffee\", \"name-%d\": 1}".formatted(i));
    }

    var before = THREADS.getCurrentThreadAllocatedBytes();
    read("{\"inputs\": \"coffee\", \"another-name\": 1}");

    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(LITTLE);
  }

  private static void read(String request) throws Exception {
    var bytes = request.getBytes(UTF_8);
    assertThat(InputsRequest.read(new Body(bytes, bytes.length))).hasSize(1);
  }
}
