package io.modelservice.helm;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operator may do what was reviewed in {@code rbac.txt}, and nothing else. */
class RbacTest {
  private static final Path REVIEWED = Path.of("src/test/resources/rbac.txt");
  private static final Map<String, Object> CLUSTER_WIDE = Map.of("crd.install", false);
  private static final Map<String, Object> NAMESPACED =
      Map.of(
          "crd.install", false, "watch.namespaces[0]", "team-a", "watch.namespaces[1]", "team-b");

  @Test
  void exactlyTheReviewedRightsAreGranted() throws IOException {
    var reviewed =
        Files.readAllLines(REVIEWED).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .collect(toCollection(TreeSet::new));

    assertThat(granted(clusterRole().getRules())).isEqualTo(reviewed);
  }

  @Test
  void noRightTouchesSecretsOrWritesPods() {
    assertThat(granted(clusterRole().getRules()))
        .noneMatch(right -> right.contains("secrets") || right.contains("*"))
        .noneMatch(right -> right.startsWith("core pods ") && !right.matches(".* (list|watch)"))
        .noneMatch(right -> right.startsWith("core pods/"));
  }

  @Test
  void aNamespacedInstallGrantsTheSameInEachNamespace() {
    var roles = Chart.objects(Role.class, NAMESPACED);

    assertThat(roles)
        .extracting(role -> role.getMetadata().getNamespace(), Role::getRules)
        .contains(
            tuple("team-a", clusterRole().getRules()), tuple("team-b", clusterRole().getRules()));
  }

  @Test
  void aNamespacedInstallMakesNothingClusterWide() {
    assertThat(Chart.objects(NAMESPACED))
        .allSatisfy(
            object -> {
              assertThat(object).isInstanceOf(Namespaced.class);
              assertThat(object.getMetadata().getNamespace())
                  .isIn(Chart.NAMESPACE, "team-a", "team-b");
            });
  }

  @Test
  void theLeaseIsInTheOperatorsOwnNamespaceOnly() {
    var leases =
        Chart.objects(Role.class, CLUSTER_WIDE).stream()
            .filter(role -> granted(role.getRules()).stream().allMatch(RbacTest::isLease))
            .toList();

    assertThat(leases)
        .extracting(HasMetadata::getMetadata)
        .singleElement()
        .satisfies(metadata -> assertThat(metadata.getNamespace()).isEqualTo(Chart.NAMESPACE));
    assertThat(granted(clusterRole().getRules())).noneMatch(RbacTest::isLease);
  }

  private static boolean isLease(String right) {
    return right.startsWith("coordination.k8s.io leases ");
  }

  private static ClusterRole clusterRole() {
    return Chart.objects(ClusterRole.class, CLUSTER_WIDE).getFirst();
  }

  /** One right a line: group, resource, verb; the core group is written {@code core}. */
  private static SortedSet<String> granted(List<PolicyRule> rules) {
    return rules.stream().flatMap(RbacTest::rights).collect(toCollection(TreeSet::new));
  }

  private static Stream<String> rights(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .map(group -> group.isEmpty() ? "core" : group)
        .flatMap(group -> rule.getResources().stream().map(resource -> group + " " + resource))
        .flatMap(target -> rule.getVerbs().stream().map(verb -> target + " " + verb));
  }
}
