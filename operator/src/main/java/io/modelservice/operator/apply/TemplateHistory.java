package io.modelservice.operator.apply;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.plan.Plan;
import io.modelservice.operator.render.TemplateRevision;

/** Keeps the template in force and the newest before it. */
final class TemplateHistory {
  private static final int KEPT = 5;

  private TemplateHistory() {}

  static void keep(ServiceObjects objects, Observation observed, Plan plan) {
    var template = plan.template();
    if (observed.template(template.name()).isPresent()) {
      return;
    }
    objects.create(ControllerRevision.class, TemplateRevision.render(objects.service(), template));
    observed.templates().stream()
        .limit(Math.max(0, observed.templates().size() + 1L - KEPT))
        .flatMap(old -> objects.cached(ControllerRevision.class, old.name()).stream())
        .forEach(objects::delete);
  }
}
