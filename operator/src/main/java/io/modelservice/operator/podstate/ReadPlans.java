package io.modelservice.operator.podstate;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.operator.plan.StoredPlan;
import io.modelservice.operator.render.PlanConfigMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The orders that plan ConfigMaps hold, each version of one read once however many pods ask. */
final class ReadPlans {
  private record Read(String version, Optional<ServingPlan> plan) {}

  private final Map<String, Read> byUid = new ConcurrentHashMap<>();

  /** Empty if the ConfigMap is damaged. */
  Optional<ServingPlan> of(ConfigMap map) {
    var version = map.getMetadata().getResourceVersion();
    return byUid
        .compute(
            map.getMetadata().getUid(),
            (uid, before) ->
                before != null && before.version().equals(version)
                    ? before
                    : new Read(version, PlanConfigMap.read(map).map(StoredPlan::serving)))
        .plan();
  }

  void keepOnly(Stream<ConfigMap> maps) {
    byUid
        .keySet()
        .retainAll(maps.map(map -> map.getMetadata().getUid()).collect(Collectors.toSet()));
  }
}
