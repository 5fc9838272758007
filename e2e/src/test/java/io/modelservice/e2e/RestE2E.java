package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A fleet to which nothing happens costs the cluster nothing. */
@OnCluster
@Tag("skeleton")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestE2E {
  private static final int SERVICES = 20;
  private static final int APPLICATIONS = 20;
  private static final String SPEC =
      Models.SIMPLE + "resources: {requests: {cpu: 50m, memory: 256Mi}}\n";

  private final Space space;

  RestE2E(Space space) {
    this.space = space;
  }

  @BeforeAll
  void aFleetIsReady() {
    names().forEach(service -> space.apply(service, SPEC));
    names().forEach(space::awaitReady);
  }

  @Test
  void nothingIsWrittenAtRest() {
    awaitQuiet();
    var log = space.cluster().auditLogFromNow();
    var rest = space.cluster().settings().scale().rest();

    await("a time in which nothing happens")
        .during(rest)
        .atMost(rest.plusSeconds(30))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(log.writesOfOperator()).isEmpty());
  }

  @Test
  void theSameYamlAgainChangesNothing() {
    awaitQuiet();
    var log = space.cluster().auditLogFromNow();
    var before = versions("fleet-0");
    assertThat(before).hasSize(8);

    for (var i = 0; i < APPLICATIONS; i++) {
      space.apply("fleet-0", SPEC);
    }

    await("the operator leaves it alone")
        .during(Duration.ofSeconds(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(log.writesOfOperator()).isEmpty());
    assertThat(versions("fleet-0")).isEqualTo(before);
  }

  /** The last report of the last pod may still be on its way when all services are Ready. */
  private void awaitQuiet() {
    var log = space.cluster().auditLogFromNow();
    var seen = new int[] {-1};
    await("reports have been written")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(5))
        .until(
            () -> {
              var before = seen[0];
              seen[0] = log.writesOfOperator().size();
              return seen[0] == before;
            });
  }

  private static Stream<String> names() {
    return IntStream.range(0, SERVICES).mapToObj(i -> "fleet-" + i);
  }

  /** Kind and name of the service and of each child, with its resourceVersion. */
  private List<String> versions(String service) {
    var columns = "KIND:.kind,NAME:.metadata.name,VERSION:.metadata.resourceVersion";
    var kinds = "deployments,replicasets,services,configmaps,controllerrevisions,pods";
    var children =
        space.kubectl(
            "get",
            kinds,
            "--selector",
            Space.SERVICE + "=" + service,
            "--no-headers",
            "--output=custom-columns=" + columns);
    var itself =
        space.kubectl("get", "ms", service, "--no-headers", "--output=custom-columns=" + columns);
    return (children + itself).lines().sorted().toList();
  }
}
