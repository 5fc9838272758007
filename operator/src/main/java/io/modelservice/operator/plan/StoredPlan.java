package io.modelservice.operator.plan;

import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.operator.plan.PlanRecord.Resolve;
import org.jspecify.annotations.Nullable;

/**
 * The content of the plan ConfigMap.
 *
 * @param serving the order to the pods
 * @param record the operator's own memory
 * @param resourceVersion of the ConfigMap it was read from; null if it is new
 */
public record StoredPlan(ServingPlan serving, PlanRecord record, @Nullable String resourceVersion) {

  StoredPlan with(@Nullable Resolve resolve) {
    return new StoredPlan(serving, record.with(resolve), resourceVersion);
  }

  StoredPlan withStable(Entry stable) {
    var models = serving.models().stream().map(e -> e.role() == Role.Stable ? stable : e).toList();
    return new StoredPlan(serving.withModels(models), record, resourceVersion);
  }

  public boolean sameContentAs(StoredPlan other) {
    return serving.equals(other.serving) && record.equals(other.record);
  }
}
