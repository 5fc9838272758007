package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.modelservice.crds.ModelService;
import java.util.Objects;

/** What makes an object part of a service: its labels, and the owner that it goes with. */
public final class Owned {
  private Owned() {}

  static ObjectMeta metadata(ModelService service, String name, Labels.Component component) {
    var owner = service.getMetadata();
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(owner.getNamespace())
        .withLabels(Labels.of(owner.getName(), component))
        .addNewOwnerReference()
        .withApiVersion(service.getApiVersion())
        .withKind(service.getKind())
        .withName(owner.getName())
        .withUid(owner.getUid())
        .withController(true)
        .endOwnerReference()
        .build();
  }

  /** Whether the service, and not another of the same name, owns the object. */
  public static boolean by(ModelService service, HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                Boolean.TRUE.equals(owner.getController())
                    && Objects.equals(owner.getUid(), service.getMetadata().getUid()));
  }
}
