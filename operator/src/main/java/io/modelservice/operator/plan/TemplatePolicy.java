package io.modelservice.operator.plan;

import io.modelservice.crds.ModelService;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.render.Names;
import io.modelservice.operator.render.PodTemplateRenderer;

/**
 * Keeps the stored pod template for as long as the user leaves the fields that form it alone, and
 * renders a new one when they change.
 */
public final class TemplatePolicy {
  private final PodTemplateRenderer renderer;

  public TemplatePolicy(PodTemplateRenderer renderer) {
    this.renderer = renderer;
  }

  Template choose(ModelService service, Observation observed) {
    var inputs = TemplateInputs.of(service.getSpec());
    var newest = observed.templates().isEmpty() ? null : observed.templates().getLast();
    if (newest != null && newest.inputs().equals(inputs)) {
      return newest;
    }
    var number = newest == null ? 1 : newest.number() + 1;
    var name = Names.template(service.getMetadata().getName(), number);
    return new Template(name, number, inputs, renderer.render(service, name));
  }
}
