package io.modelservice.operator.report;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceStatus;

/** An object that carries a status and nothing of the user's. */
public final class StatusPatch {
  private StatusPatch() {}

  public static ModelService of(ModelService service, ModelServiceStatus status) {
    var patch = new ModelService();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(service.getMetadata().getName())
            .withNamespace(service.getMetadata().getNamespace())
            .build());
    patch.setStatus(status);
    return patch;
  }
}
