package io.modelservice.e2e;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.modelservice.e2e.cluster.AuditLog.Request;
import io.modelservice.e2e.cluster.Chart;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After all other stories: the operator needed all that the chart lets it do, and no more. */
@OnCluster
@Tag("skeleton")
@Order(Integer.MAX_VALUE)
class RbacE2E {
  private static final int FORBIDDEN = 403;
  private static final int CREATED = 201;
  private static final String LEASE = "-leader-election";

  /**
   * A removal takes the rights a moment before the operator: what it has by the chart is no want.
   */
  @Test
  void nothingWasDeniedThatTheChartDoesNotGrant(Space space) {
    var denied =
        requests(space)
            .filter(request -> request.status() == FORBIDDEN)
            .flatMap(RbacE2E::rights)
            .collect(toCollection(TreeSet::new));

    assertThat(granted(space)).containsAll(denied);
  }

  @Test
  void everythingThatIsGrantedWasUsed(Space space) {
    var used =
        requests(space)
            .filter(request -> request.status() < 400)
            .flatMap(RbacE2E::rights)
            .collect(toCollection(TreeSet::new));

    assertThat(used).containsAll(granted(space));
  }

  /** What the operator asked for since the cluster began; paths without objects are for all. */
  private static Stream<Request> requests(Space space) {
    var requests = space.cluster().wholeAuditLog().ofOperator();
    assertThat(requests).isNotEmpty();
    return requests.stream().filter(request -> !request.resource().isEmpty());
  }

  /** A server-side apply that makes an object needs the right to create it. */
  private static Stream<String> rights(Request request) {
    var asked = right(request.group(), request.resource(), request.verb());
    return request.verb().equals("patch") && request.status() == CREATED
        ? Stream.of(asked, right(request.group(), request.resource(), "create"))
        : Stream.of(asked);
  }

  private static Set<String> granted(Space space) {
    var rbac = space.client().rbac();
    var lease = rbac.roles().inNamespace(Chart.NAMESPACE).withName(Chart.RELEASE + LEASE).get();
    return Stream.concat(
            rbac.clusterRoles().withName(Chart.RELEASE).get().getRules().stream(),
            lease.getRules().stream())
        .flatMap(RbacE2E::rights)
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<String> rights(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getVerbs().stream().map(verb -> right(group, resource, verb))));
  }

  private static String right(String group, String resource, String verb) {
    return (group.isEmpty() ? "core" : group) + " " + resource + " " + verb;
  }
}
