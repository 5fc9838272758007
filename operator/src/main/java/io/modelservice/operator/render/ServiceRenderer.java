package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.modelservice.crds.ModelService;

/** Renders the Service that users call. */
public final class ServiceRenderer {
  private static final int PORT = 80;

  /** HTTP/2 in clear text: gateways and meshes read it (KEP-3726). */
  private static final String HTTP2 = "kubernetes.io/h2c";

  private ServiceRenderer() {}

  public static Service render(ModelService service) {
    var name = service.getMetadata().getName();
    return new ServiceBuilder()
        .withMetadata(Owned.metadata(service, name, Labels.Component.SERVER))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(Labels.selector(name))
        .addNewPort()
        .withName("http")
        .withProtocol("TCP")
        .withPort(PORT)
        .withNewTargetPort("http")
        .endPort()
        .addNewPort()
        .withName("grpc")
        .withProtocol("TCP")
        .withAppProtocol(HTTP2)
        .withPort(ServerContainer.GRPC_PORT)
        .withNewTargetPort("grpc")
        .endPort()
        .endSpec()
        .build();
  }
}
