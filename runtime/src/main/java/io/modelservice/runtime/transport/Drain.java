package io.modelservice.runtime.transport;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Knows when the pod has begun to leave. */
@ApplicationScoped
public class Drain {
  private volatile boolean leaving;

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    leaving = true;
  }

  /** True from SIGTERM on. */
  public boolean leaving() {
    return leaving;
  }
}
