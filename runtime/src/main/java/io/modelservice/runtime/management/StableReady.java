package io.modelservice.runtime.management;

import io.modelservice.runtime.pod.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: the stable model answers. The server itself adds: and the pod is not leaving. */
@Readiness
@ApplicationScoped
public class StableReady implements HealthCheck {
  private final Pod pod;

  StableReady(Pod pod) {
    this.pod = pod;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("stable model").status(pod.ready()).build();
  }
}
