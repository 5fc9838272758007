package io.modelservice.e2e;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.e2e.cluster.AuditLog.Request;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator dies or has company, and users do not notice. */
@OnCluster
@Tag("skeleton")
class OperatorE2E {
  private static final Duration SOON = Duration.ofMinutes(2);

  @Test
  void aCreationThatIsCutShortIsCompleted(Space space) {
    var chart = space.cluster().chart();
    var services = List.of("first", "second", "third");
    services.forEach(service -> space.apply(service, Models.SIMPLE));
    var plans = space.client().configMaps().inNamespace(space.name());
    await("the first plan").atMost(SOON).until(() -> plans.withName("first-plan").get() != null);

    chart.pods().forEach(chart::kill);

    services.forEach(space::awaitReady);
    for (var service : services) {
      assertThat(space.pods(service)).as("pods of %s", service).hasSize(1);
      assertThat(
              space
                  .client()
                  .apps()
                  .controllerRevisions()
                  .inNamespace(space.name())
                  .withLabel(Space.SERVICE, service)
                  .list()
                  .getItems())
          .as("stored templates of %s", service)
          .hasSize(1);
    }
  }

  @Test
  void ofTwoOperatorsOneWrites(Space space) {
    var chart = space.cluster().chart();
    chart.install("replicas=2");
    try {
      var log = space.cluster().auditLogFromNow();
      space.apply("watched", Models.SIMPLE);
      space.awaitReady("watched");
      space.kubectl("delete", "ms", "watched");
      await("it is gone").atMost(SOON).until(() -> space.objects("watched").isEmpty());

      assertThat(log.writesOfOperator()).isNotEmpty();
      assertThat(log.writesOfOperator().stream().map(Request::pod).collect(toSet())).hasSize(1);
    } finally {
      chart.install("replicas=1");
    }
  }

  @Test
  void theOtherOperatorTakesOver(Space space) {
    var chart = space.cluster().chart();
    chart.install("replicas=2");
    try {
      var log = space.cluster().auditLogFromNow();
      space.apply("before", Models.SIMPLE);
      space.awaitReady("before");
      var leader = log.writesOfOperator().getFirst().pod();

      chart.pods().stream()
          .filter(pod -> pod.getMetadata().getName().equals(leader))
          .forEach(chart::kill);
      space.apply("after", Models.SIMPLE);

      space.awaitReady("after");
    } finally {
      chart.install("replicas=1");
    }
  }
}
