package io.modelservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who does not trace pays nothing for it, not even at the start. */
class TracesOffIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void withoutAnEndpointNoClassOfOpenTelemetryIsLoaded() throws Exception {
    var classes = Files.createTempFile(Path.of("target"), "classes", ".log");
    var port = Program.freePort();
    String[] serve = {
      "serve",
      TestModels.folder("simple").toString(),
      "--port",
      "" + port,
      "--grpc-port",
      "" + Program.freePort(),
      "--state-port",
      "" + Program.freePort()
    };
    try (var program = Program.start(List.of("-Xlog:class+load:file=" + classes), serve)) {
      await().atMost(PATIENCE).until(() -> program.status(port, "/v2/models/simple") == 200);
    }

    assertThat(Files.readAllLines(classes))
        .anyMatch(line -> line.contains("io.modelservice.runtime.observability.Journal "))
        .noneMatch(line -> line.contains("io.opentelemetry"));
  }
}
