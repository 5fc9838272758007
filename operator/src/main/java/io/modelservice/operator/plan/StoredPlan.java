package io.modelservice.operator.plan;

import io.modelservice.crds.contract.ServingPlan;
import org.jspecify.annotations.Nullable;

/**
 * The content of the plan ConfigMap.
 *
 * @param serving the order to the pods
 * @param record the operator's own memory
 * @param resourceVersion of the ConfigMap it was read from; null if it is new
 */
public record StoredPlan(ServingPlan serving, PlanRecord record, @Nullable String resourceVersion) {

  public boolean sameContentAs(StoredPlan other) {
    return serving.equals(other.serving) && record.equals(other.record);
  }
}
