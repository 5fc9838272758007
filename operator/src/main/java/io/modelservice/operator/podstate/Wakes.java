package io.modelservice.operator.podstate;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.modelservice.crds.ModelService;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Collects services to wake, so that many changes at once wake a service once. */
final class Wakes {
  private final Set<ResourceID> services = ConcurrentHashMap.newKeySet();
  private volatile @Nullable SimpleInboundEventSource<ModelService> target;

  void to(SimpleInboundEventSource<ModelService> source) {
    target = source;
  }

  void add(ResourceID service) {
    services.add(service);
  }

  void flush() {
    var source = target;
    if (source == null) {
      return;
    }
    for (var service : Set.copyOf(services)) {
      services.remove(service);
      source.propagateEvent(service);
    }
  }
}
