package io.modelservice.runtime.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.transport.ServedModel;

/** {@code grpc.health.v1}: the empty name is the pod, the model's name the model. */
final class Health {
  private final HealthStatusManager statuses = new HealthStatusManager();
  private final Pod pod;
  private final ServedModel model;

  private Health(Pod pod, ServedModel model) {
    this.pod = pod;
    this.model = model;
  }

  /** A health that follows the pod from now on. */
  static Health of(Pod pod, ServedModel model) {
    var health = new Health(pod, model);
    pod.watch(health::tell);
    return health;
  }

  private void tell() {
    var status = pod.ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    if (!model.name().isEmpty()) {
      statuses.setStatus(model.name(), status);
    }
  }

  BindableService service() {
    return statuses.getHealthService();
  }

  /** Not serving, whatever the pod says from now on. */
  void leave() {
    statuses.enterTerminalState();
  }
}
