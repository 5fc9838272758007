package io.modelservice.operator.plan;

import io.modelservice.crds.Claims;
import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.operator.observe.Observation;
import io.modelservice.operator.render.ClaimMounts;
import io.modelservice.operator.render.Names;
import io.modelservice.operator.render.PodTemplateRenderer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the stored pod template for as long as the user leaves the fields that form it alone, and
 * renders a new one when they change. A claim that is no longer needed stays mounted until then.
 */
public final class TemplatePolicy {
  private final PodTemplateRenderer renderer;

  public TemplatePolicy(PodTemplateRenderer renderer) {
    this.renderer = renderer;
  }

  Template choose(ModelService service, Observation observed) {
    var claims = claims(service, observed);
    var inputs = TemplateInputs.of(service.getSpec(), claims);
    var newest = observed.templates().isEmpty() ? null : observed.templates().getLast();
    if (newest != null && newest.inputs().cover(inputs)) {
      return newest;
    }
    var number = newest == null ? 1 : newest.number() + 1;
    var name = Names.template(service.getMetadata().getName(), number);
    var pod = ClaimMounts.add(renderer.render(service, name), claims);
    return new Template(name, number, inputs, pod);
  }

  /** Of the spec's model, and of the one that answers until that has taken over. */
  private static List<String> claims(ModelService service, Observation observed) {
    var stable = observed.plan().flatMap(plan -> plan.serving().stable()).map(Entry::uri);
    return Stream.concat(Stream.of(service.getSpec().model().uri()), stable.stream())
        .flatMap(uri -> Claims.claim(uri).stream())
        .distinct()
        .sorted()
        .toList();
  }
}
