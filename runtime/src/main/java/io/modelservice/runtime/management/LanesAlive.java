package io.modelservice.runtime.management;

import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.serving.Served;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A lane that is stuck in native code comes back only with a new process. */
@Liveness
@ApplicationScoped
public class LanesAlive implements HealthCheck {
  private final Pod pod;

  LanesAlive(Pod pod) {
    this.pod = pod;
  }

  @Override
  public HealthCheckResponse call() {
    var stuck = pod.answering().map(Served::stuckLanes).orElse(0L);
    return HealthCheckResponse.named("lanes").status(stuck == 0).withData("stuck", stuck).build();
  }
}
