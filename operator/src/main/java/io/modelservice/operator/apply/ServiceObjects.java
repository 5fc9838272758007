package io.modelservice.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.Reason;
import io.modelservice.operator.render.Owned;
import java.util.List;
import java.util.Optional;

/** Writes the objects of one service, and never one that belongs to somebody else. */
final class ServiceObjects {
  private static final int CONFLICT = 409;
  private static final int FORBIDDEN = 403;
  private static final int INVALID = 422;

  /** Makes a server-side apply a creation: it fails if the object is there. */
  private static final String MUST_NOT_EXIST = "1";

  private final ModelService service;
  private final Context<ModelService> context;

  ServiceObjects(ModelService service, Context<ModelService> context) {
    this.service = service;
    this.context = context;
  }

  ModelService service() {
    return service;
  }

  <T extends HasMetadata> List<T> cached(Class<T> kind) {
    return context.getSecondaryResources(kind).stream()
        .filter(object -> Owned.by(service, object))
        .toList();
  }

  <T extends HasMetadata> Optional<T> cached(Class<T> kind, String name) {
    return cached(kind).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }

  /** Creates the object if it is not there, changes it if it differs. */
  <T extends HasMetadata> T apply(Class<T> kind, T desired) {
    var actual = cached(kind, desired.getMetadata().getName());
    if (actual.isEmpty()) {
      return create(kind, desired);
    }
    SSABasedGenericKubernetesResourceMatcher<T> matcher =
        SSABasedGenericKubernetesResourceMatcher.getInstance();
    return matcher.matches(actual.get(), desired, context)
        ? actual.get()
        : written(() -> context.resourceOperations().serverSideApply(desired, source(kind)));
  }

  <T extends HasMetadata> T create(Class<T> kind, T desired) {
    desired.getMetadata().setResourceVersion(MUST_NOT_EXIST);
    try {
      return written(() -> context.resourceOperations().serverSideApply(desired, source(kind)));
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        refuseForeign(desired);
      }
      throw e;
    }
  }

  /** Replaces the version that was read; fails if somebody else was faster. */
  <T extends HasMetadata> T replace(Class<T> kind, T desired) {
    return written(() -> context.resourceOperations().update(desired, source(kind)));
  }

  <T extends HasMetadata> void delete(T object) {
    var _ = context.getClient().resource(object).delete();
  }

  private <T extends HasMetadata> InformerEventSource<T, ModelService> source(Class<T> kind) {
    return (InformerEventSource<T, ModelService>)
        context.eventSourceRetriever().getEventSourceFor(kind);
  }

  /** One of ours that the cache does not show yet, or that is just going, comes right by itself. */
  private void refuseForeign(HasMetadata desired) {
    var existing = context.getClient().resource(desired).get();
    if (existing == null
        || existing.getMetadata().getDeletionTimestamp() != null
        || belongsToAService(existing)) {
      return;
    }
    throw new Refused(
        Reason.NameTaken,
        "%s %s exists and is not part of this service; it was left untouched"
            .formatted(desired.getKind(), desired.getMetadata().getName()));
  }

  private boolean belongsToAService(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                owner.getKind().equals(service.getKind())
                    && owner.getName().equals(service.getMetadata().getName()));
  }

  private static <T> T written(java.util.function.Supplier<T> write) {
    try {
      return write.get();
    } catch (KubernetesClientException e) {
      if (NamespaceTerminating.causes(e)) {
        throw new NamespaceTerminating(e);
      }
      if (e.getCode() == FORBIDDEN || e.getCode() == INVALID) {
        throw new Refused(Reason.PodRefused, sentence(e));
      }
      throw e;
    }
  }

  private static String sentence(KubernetesClientException e) {
    var status = e.getStatus();
    return status != null && status.getMessage() != null
        ? status.getMessage()
        : String.valueOf(e.getMessage());
  }
}
