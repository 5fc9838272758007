package io.modelservice.operator.apply;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;

/**
 * The namespace is going or gone, and everything in it: nothing can be made there, and nothing need
 * be.
 */
public final class NamespaceTerminating extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String CAUSE = "NamespaceTerminating";
  private static final String NAMESPACES = "namespaces";
  private static final int NOT_FOUND = 404;

  NamespaceTerminating(KubernetesClientException cause) {
    super(cause);
  }

  static boolean causes(KubernetesClientException e) {
    var status = e.getStatus();
    var details = status == null ? null : status.getDetails();
    return details != null
        && ((e.getCode() == NOT_FOUND && NAMESPACES.equals(details.getKind()))
            || details.getCauses().stream()
                .anyMatch(cause -> Objects.equals(cause.getReason(), CAUSE)));
  }
}
