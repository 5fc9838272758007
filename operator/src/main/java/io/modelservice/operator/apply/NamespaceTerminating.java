package io.modelservice.operator.apply;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;

/** The namespace is going, and everything in it: nothing can be made there, and nothing need be. */
public final class NamespaceTerminating extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String CAUSE = "NamespaceTerminating";

  NamespaceTerminating(KubernetesClientException cause) {
    super(cause);
  }

  static boolean causes(KubernetesClientException e) {
    var status = e.getStatus();
    return status != null
        && status.getDetails() != null
        && status.getDetails().getCauses().stream()
            .anyMatch(cause -> Objects.equals(cause.getReason(), CAUSE));
  }
}
