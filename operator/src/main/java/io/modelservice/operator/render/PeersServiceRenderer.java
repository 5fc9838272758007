package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.modelservice.crds.ModelService;

/**
 * Renders the headless Service by which pods of a service find each other, those too that are not
 * ready yet: that is when they need each other.
 */
public final class PeersServiceRenderer {
  private PeersServiceRenderer() {}

  public static Service render(ModelService service) {
    var name = service.getMetadata().getName();
    return new ServiceBuilder()
        .withMetadata(Owned.metadata(service, Names.peers(name), Labels.Component.SERVER))
        .withNewSpec()
        .withType("ClusterIP")
        .withClusterIP("None")
        .withPublishNotReadyAddresses(true)
        .withSelector(Labels.selector(name))
        .addNewPort()
        .withName("management")
        .withProtocol("TCP")
        .withPort(ServerContainer.MANAGEMENT_PORT)
        .withNewTargetPort("management")
        .endPort()
        .endSpec()
        .build();
  }
}
