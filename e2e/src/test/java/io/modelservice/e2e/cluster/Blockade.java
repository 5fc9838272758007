package io.modelservice.e2e.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets no packet of the operator reach the management port of one pod, as a network policy would.
 * The pod must be on node 1, which is the host, so that its packets pass the host's rules.
 */
public final class Blockade implements AutoCloseable {
  private final List<String> rule;

  private Blockade(List<String> rule) {
    this.rule = rule;
    iptables("--insert");
  }

  public static Blockade between(Cluster cluster, Pod pod) {
    var operator =
        cluster.client().pods().inNamespace(Chart.NAMESPACE).list().getItems().getFirst();
    return new Blockade(
        List.of(
            "FORWARD",
            "--source",
            operator.getStatus().getPodIP(),
            "--destination",
            pod.getStatus().getPodIP(),
            "--protocol",
            "tcp",
            "--dport",
            "9000",
            "--jump",
            "DROP"));
  }

  private void iptables(String change) {
    var command = new ArrayList<>(List.of("iptables", "--wait", change));
    command.addAll(rule);
    Command.run(command.toArray(String[]::new));
  }

  @Override
  public void close() {
    iptables("--delete");
  }
}
