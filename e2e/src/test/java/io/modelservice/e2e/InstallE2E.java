package io.modelservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.e2e.client.InferenceRequest;
import io.modelservice.e2e.client.Load;
import io.modelservice.e2e.client.Tensor;
import io.modelservice.e2e.cluster.Chart;
import io.modelservice.e2e.cluster.Command;
import io.modelservice.e2e.cluster.Models;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An administrator removes the operator and installs it again; the models serve on. */
@OnCluster
@Tag("skeleton")
class InstallE2E {
  private static final int RATE = 50;
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int[] ROW = new int[16];
  private static final InferenceRequest ZEROS =
      InferenceRequest.json(List.of(Tensor.ints("INPUT0", ROW), Tensor.ints("INPUT1", ROW)));

  @AfterEach
  void theOperatorIsBack(Space space) {
    space.cluster().chart().install();
  }

  @Test
  void uninstallAndReinstallUnderLoadLoseNothing(Space space) {
    space.apply("steady", Models.SIMPLE + "replicas: 2");
    space.awaitReady("steady");
    var processes = space.processes("steady");

    try (var load = Load.start(space.endpoint("steady").inference(ZEROS), RATE)) {
      awaitMoreAnswers(load);
      space.cluster().chart().uninstall();
      assertThat(space.kubectl("get", "ms", "steady", "--output=name")).contains("steady");
      awaitMoreAnswers(load);
      space.cluster().chart().install();
      space.kubectl("scale", "ms/steady", "--replicas=3");
      space.awaitReady("steady");
      awaitMoreAnswers(load);

      assertThat(load.stop().failures()).isEmpty();
    }
    assertThat(space.processes("steady")).hasSize(3).containsAll(processes);
  }

  @Test
  void aServiceThatIsDeletedWithoutAnOperatorLeavesNothing(Space space) {
    space.apply("orphan", Models.SIMPLE);
    space.awaitReady("orphan");
    space.cluster().chart().uninstall();

    space.kubectl("delete", "ms", "orphan");

    await("nothing is left").atMost(SOON).until(() -> space.objects("orphan").isEmpty());
  }

  @Test
  void aNamespacedInstallServesItsNamespacesOnly(Space space) {
    var other = space.cluster().space(space.name() + "-other");
    try {
      space.cluster().chart().uninstall();
      space.cluster().chart().install("watch.namespaces={" + space.name() + "}");
      other.apply("elsewhere", Models.SIMPLE);
      space.apply("here", Models.SIMPLE);

      space.awaitReady("here");

      assertThat(other.objects("elsewhere")).isEmpty();
      assertThat(other.get("elsewhere").getStatus()).isNull();
      var account = "--as=" + Chart.USER;
      assertThat(canList(other, account)).isNotZero();
      assertThat(canList(space, account)).isZero();

      space.cluster().chart().install();

      other.awaitReady("elsewhere");
    } finally {
      other.remove();
    }
  }

  private static int canList(Space space, String account) {
    return Command.attempt(
            "",
            "kubectl",
            "--namespace",
            space.name(),
            "auth",
            "can-i",
            "list",
            "modelservices.serving.modelservice.io",
            account)
        .status();
  }

  private static void awaitMoreAnswers(Load load) {
    var enough = load.answered() + 2 * RATE;
    await("answers").atMost(Duration.ofMinutes(1)).until(() -> load.answered() >= enough);
  }
}
