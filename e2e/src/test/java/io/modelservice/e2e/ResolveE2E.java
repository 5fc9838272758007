package io.modelservice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.crds.contract.Resolution;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import io.modelservice.e2e.cluster.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether a model can be served is asked within the cluster, before any service is made. */
@OnCluster
@Tag("supply")
class ResolveE2E {
  private static final Duration SOON = Duration.ofSeconds(30);

  @AfterEach
  void leave(Space space) {
    space.kubectl("delete", "pod", "check", "--ignore-not-found", "--now");
  }

  @Test
  void aGoodModelHasRun(Space space) throws IOException {
    var verdict = resolve(space, "s3://models/e2e/simple", Store.SECRET_KEY);

    assertThat(verdict.failure()).isNull();
    assertThat(verdict.trial()).isTrue();
    assertThat(requireNonNull(verdict.model()).inputs()).hasSize(2);
  }

  @Test
  void aBadModelIsNamed(Space space) throws IOException {
    var verdict = resolve(space, "s3://models/e2e/unknown-operator", Store.SECRET_KEY);

    assertThat(requireNonNull(verdict.failure()).reason()).isEqualTo(Reason.ModelUnsupported);
    assertThat(verdict.failure().message()).contains("Telepathy");
  }

  @Test
  void wrongKeysAreNamedAndNotTold(Space space) throws IOException {
    var verdict = resolve(space, "s3://models/e2e/simple", "not-the-key");

    assertThat(requireNonNull(verdict.failure()).reason()).isEqualTo(Reason.AccessDenied);
    assertThat(space.kubectl("logs", "check")).doesNotContain("not-the-key");
  }

  private static Resolution resolve(Space space, String uri, String secretKey) throws IOException {
    var command =
        new ArrayList<>(
            List.of("run", "check", "--restart=Never", "--image-pull-policy=IfNotPresent"));
    command.add("--image=" + space.cluster().settings().runtimeImage());
    Store.keys(secretKey).forEach((name, value) -> command.add("--env=" + name + "=" + value));
    command.addAll(List.of("--", "resolve", uri, "--result", "/dev/termination-log"));
    space.kubectl(command.toArray(String[]::new));
    await("a verdict").atMost(SOON).until(() -> lastWords(space).isPresent());
    return new JsonMapper().readValue(lastWords(space).orElseThrow(), Resolution.class);
  }

  private static Optional<String> lastWords(Space space) {
    var pod = space.client().pods().inNamespace(space.name()).withName("check").get();
    return pod.getStatus().getContainerStatuses().stream()
        .flatMap(container -> Optional.ofNullable(container.getState().getTerminated()).stream())
        .map(ended -> String.valueOf(ended.getMessage()))
        .findFirst();
  }
}
