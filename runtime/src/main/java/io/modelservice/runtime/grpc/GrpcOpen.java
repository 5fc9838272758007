package io.modelservice.runtime.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The pod is ready when its gRPC port is open too: from then on clients are sent to it. */
@Readiness
@ApplicationScoped
public class GrpcOpen implements HealthCheck {
  private final GrpcServer server;

  GrpcOpen(GrpcServer server) {
    this.server = server;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("gRPC port").status(server.isOpen()).build();
  }
}
