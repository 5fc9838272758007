package io.modelservice.operator.plan;

import io.modelservice.crds.Condition;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.ModelServiceStatus;
import io.modelservice.crds.ModelServiceStatus.Stable;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.operator.plan.ModelPolicy.Asked;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes the first plan of a service, or a lost one again from its status. */
final class Rebuild {
  private Rebuild() {}

  static Models models(ModelService service, Asked asked) {
    return Optional.ofNullable(service.getStatus())
        .filter(status -> describesSpec(status, asked.generation()))
        .map(ModelServiceStatus::stable)
        .map(stable -> served(stable, asked))
        .orElseGet(() -> Models.first(asked.entry(Role.Stable)));
  }

  private static Models served(Stable stable, Asked asked) {
    var model = asked.model();
    var entry =
        new Entry(
            stable.revision(), Role.Stable, model.uri(), null, stable.digest(), model.settings());
    return new Models(entry, null, null, stable.since(), null, null);
  }

  /** Only then does the status name the revision of the model that the spec names. */
  private static boolean describesSpec(ModelServiceStatus status, long generation) {
    return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
        .anyMatch(
            condition ->
                condition.type().equals("UpToDate")
                    && condition.status().equals("True")
                    && Objects.equals(condition.observedGeneration(), generation));
  }
}
