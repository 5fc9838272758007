package io.modelservice.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator's pod meets the Pod Security Standard {@code restricted}, and a little more. */
class PodSecurityTest {
  @Test
  void thePodIsRestricted() {
    var pod = pod();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isNotZero();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getHostPID()).isNull();
    assertThat(pod.getHostIPC()).isNull();
    assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getEmptyDir()).isNotNull());
  }

  @Test
  void theContainerIsRestricted() {
    var context = container().getSecurityContext();

    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getCapabilities().getDrop()).isEqualTo(List.of("ALL"));
    assertThat(context.getCapabilities().getAdd()).isEmpty();
  }

  @Test
  void theRootFileSystemIsReadOnly() {
    assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
  }

  private static Container container() {
    return pod().getContainers().getFirst();
  }

  private static PodSpec pod() {
    return Chart.objects(Deployment.class, Map.of()).getFirst().getSpec().getTemplate().getSpec();
  }
}
