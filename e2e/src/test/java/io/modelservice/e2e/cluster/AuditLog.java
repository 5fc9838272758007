package io.modelservice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The API server's record of requests.
 *
 * @param offset bytes that are left out
 */
public record AuditLog(Path file, long offset) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * One request.
   *
   * @param pod that sent it, for a service account's request
   * @param resource with its subresource, for example {@code deployments/scale}
   * @param status of the answer; 0 for a watch that has not ended
   * @param problem what the answer says about a failure
   */
  public record Request(
      String user,
      String pod,
      String verb,
      String group,
      String resource,
      String namespace,
      String name,
      int status,
      String problem) {
    private static final Set<String> READS = Set.of("get", "list", "watch");

    public boolean isWrite() {
      return !READS.contains(verb);
    }

    public boolean isLease() {
      return resource.equals("leases");
    }

    @Override
    public String toString() {
      return "%s %s/%s %s/%s -> %d by %s"
          .formatted(verb, group, resource, namespace, name, status, pod);
    }
  }

  static AuditLog whole(Path file) {
    return new AuditLog(file, 0);
  }

  static AuditLog fromEnd(Path file) {
    try {
      return new AuditLog(file, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the local cluster's audit log is not there: " + file, e);
    }
  }

  /** All requests of the operator, in the order of their answers. */
  public List<Request> ofOperator() {
    try (var channel = FileChannel.open(file).position(offset);
        var lines =
            new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8))
                .lines()) {
      return lines
          .filter(line -> line.endsWith("}") && line.contains("\"" + Chart.USER + "\""))
          .map(AuditLog::read)
          .filter(request -> request.user().equals(Chart.USER))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the operator wrote, its Lease aside. */
  public List<Request> writesOfOperator() {
    return ofOperator().stream().filter(Request::isWrite).filter(r -> !r.isLease()).toList();
  }

  private static Request read(String line) {
    try {
      var event = MAPPER.readTree(line);
      var object = event.path("objectRef");
      var subresource = object.path("subresource").asText("");
      return new Request(
          event.path("user").path("username").asText(),
          pod(event),
          event.path("verb").asText(),
          object.path("apiGroup").asText(""),
          object.path("resource").asText("") + (subresource.isEmpty() ? "" : "/" + subresource),
          object.path("namespace").asText(""),
          object.path("name").asText(""),
          event.path("responseStatus").path("code").asInt(0),
          event.path("responseStatus").path("message").asText(""));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a line of the audit log is no JSON", e);
    }
  }

  private static String pod(JsonNode event) {
    return event
        .path("user")
        .path("extra")
        .path("authentication.kubernetes.io/pod-name")
        .path(0)
        .asText("");
  }
}
