package io.modelservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.PodState.Failure;
import io.modelservice.crds.contract.PodState.Phase;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.ServingPlan.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** A user and an operator of the running pod: sends requests and plans, reads its state. */
public final class PodClient {
  public static final String POD = "pod-1";
  public static final String TOKEN = "token-of-the-test";
  public static final Settings DEFAULTS = Settings.DEFAULT;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI api;
  private final URI management;

  public PodClient() {
    var config = ConfigProvider.getConfig();
    api = URI.create("http://localhost:" + config.getValue("quarkus.http.port", Integer.class));
    management =
        URI.create("http://localhost:" + config.getValue("quarkus.management.port", Integer.class));
  }

  /** An entry of a plan whose content this pod may define. */
  public static Entry entry(String revision, Role role, String uri, Settings settings) {
    return new Entry(revision, role, uri, null, null, settings);
  }

  /** A plan that is newer than the one in force. */
  public ServingPlan next(Entry... entries) throws IOException, InterruptedException {
    var sequence = state().sequence() + 1;
    return new ServingPlan(1, sequence, "default/espresso", TOKEN, POD, List.of(entries));
  }

  /** Makes the pod serve a test model; returns its revision. */
  public String serve(String model, Settings settings) throws IOException, InterruptedException {
    return serve(TestModels.folder(model), settings);
  }

  /** Makes the pod serve the model in a folder; returns its revision. */
  public String serve(Path folder, Settings settings) throws IOException, InterruptedException {
    var revision = "%010x".formatted(state().sequence() + 1);
    var plan = next(entry(revision, Role.Stable, folder.toUri().toString(), settings));
    assertThat(put(ContractJson.write(plan), TOKEN).statusCode()).isEqualTo(200);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(state().models()).singleElement().satisfies(this::isServing));
    return revision;
  }

  private void isServing(PodState.Revision revision) {
    assertThat(revision.phase()).as("%s", revision.failure()).isEqualTo(Phase.Serving);
  }

  /** Waits for a revision to be in a phase. */
  public PodState.Revision await(String revision, Phase phase) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> state().revision(revision).orElse(null),
            found -> found != null && found.phase() == phase);
  }

  /** {@code GET :9000/state}. */
  public PodState state() throws IOException, InterruptedException {
    var answer =
        http.send(request(management.resolve("/state")).build(), BodyHandlers.ofByteArray());
    return ContractJson.readState(answer.body());
  }

  /** {@code PUT :9000/plan}. */
  public HttpResponse<String> put(String plan, String token)
      throws IOException, InterruptedException {
    var request =
        request(management.resolve("/plan"))
            .header("Authorization", "Bearer " + token)
            .PUT(BodyPublishers.ofString(plan))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** A path of the management port. */
  public HttpResponse<String> manage(String path) throws IOException, InterruptedException {
    return http.send(request(management.resolve(path)).build(), BodyHandlers.ofString());
  }

  /** A file of an artifact, as a sibling asks for it; an empty range asks for all. */
  public HttpResponse<byte[]> take(String path, String token, String range)
      throws IOException, InterruptedException {
    var request = request(URI.create(management + path)).header("Authorization", "Bearer " + token);
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** How many requests were not answered, for this reason. */
  public double refused(String reason) throws IOException, InterruptedException {
    var line =
        Pattern.compile("modelservice_requests_refused_total\\{reason=\"" + reason + "\"} (.*)")
            .matcher(manage("/q/metrics").body());
    assertThat(line.find()).as(reason).isTrue();
    return Double.parseDouble(line.group(1));
  }

  /** A path of the public port. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(api.resolve(path)).build(), BodyHandlers.ofString());
  }

  /** Sends a body; {@code headerLength} is null for plain JSON. */
  public HttpResponse<byte[]> post(String path, byte[] body, @Nullable Integer headerLength)
      throws IOException, InterruptedException {
    var request = request(api.resolve(path)).POST(BodyPublishers.ofByteArray(body));
    if (headerLength != null) {
      request.header("Inference-Header-Content-Length", headerLength.toString());
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Sends a body with one more header. */
  public HttpResponse<byte[]> post(String path, byte[] body, String header, String value)
      throws IOException, InterruptedException {
    var request = request(api.resolve(path)).POST(BodyPublishers.ofByteArray(body));
    return http.send(request.header(header, value).build(), BodyHandlers.ofByteArray());
  }

  /** The reason of a failure that must be there. */
  public static Reason reason(@Nullable Failure failure) {
    assertThat(failure).isNotNull();
    return Objects.requireNonNull(failure).reason();
  }

  public static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  public int port() {
    return api.getPort();
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(PATIENCE);
  }
}
