package io.modelservice.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API server writes about requests is understood. */
class AuditLogTest {
  private static final String PATCH =
      line(Chart.USER, "patch", "\"resource\":\"deployments\",\"subresource\":\"scale\"");
  private static final String LEASE = line(Chart.USER, "update", "\"resource\":\"leases\"");
  private static final String LIST = line(Chart.USER, "list", "\"resource\":\"pods\"");
  private static final String STRANGER = line("admin", "delete", "\"resource\":\"pods\"");

  @Test
  void onlyWritesOfTheOperatorCountAndItsLeaseDoesNot(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("audit.log"), PATCH + LEASE + LIST + STRANGER);

    assertThat(AuditLog.whole(file).ofOperator()).hasSize(3);
    assertThat(AuditLog.whole(file).writesOfOperator())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.verb()).isEqualTo("patch");
              assertThat(request.resource()).isEqualTo("deployments/scale");
              assertThat(request.pod()).isEqualTo("operator-1");
              assertThat(request.status()).isEqualTo(200);
            });
  }

  @Test
  void whatWasBeforeIsLeftOut(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("audit.log"), PATCH);
    var log = AuditLog.fromEnd(file);
    Files.writeString(file, LIST, StandardOpenOption.APPEND);

    assertThat(log.ofOperator()).singleElement().satisfies(r -> assertThat(r.isWrite()).isFalse());
  }

  private static String line(String user, String verb, String object) {
    return """
        {"verb":"%s","user":{"username":"%s","extra":{"authentication.kubernetes.io/pod-name":["operator-1"]}},\
        "objectRef":{%s,"namespace":"n","name":"x","apiGroup":"apps"},"responseStatus":{"code":200}}
        """
        .formatted(verb, user, object);
  }
}
