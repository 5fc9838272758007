package io.modelservice.operator.plan;

import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.operator.observe.Observation;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Decides what should be true of a service: a pure function of its arguments. */
public final class Planner {
  private final TemplatePolicy templates;
  private final ModelPolicy models;
  private final SurgePolicy surges;

  /**
   * A planner of its policies.
   *
   * @param tokens gives a fresh bearer token for the management ports of a new service
   */
  public Planner(TemplatePolicy templates, Supplier<String> tokens) {
    this.templates = templates;
    this.models = new ModelPolicy(tokens);
    this.surges = new SurgePolicy();
  }

  public Plan plan(ModelService service, Observation observed, Instant now) {
    var template = templates.choose(service, observed);
    var decided = models.decide(service, observed, template, now);
    var stored = sequenced(observed, ResolvePolicy.follow(service, observed, decided, now));
    var surge = surges.choose(observed, now);
    return new Plan(
        stored,
        template,
        service.getSpec().wantedReplicas(),
        surge.surge(),
        ResolvePolicy.job(service, stored),
        Stream.of(
                surge.lookAgain(),
                Silence.deadline(observed, now),
                Seed.lookAgain(observed, stored.serving(), now),
                ResolvePolicy.lookAgain(service, stored, observed))
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder()));
  }

  /** Pods refuse a lower sequence, so every change of the order gets the next one. */
  private static StoredPlan sequenced(Observation observed, StoredPlan wanted) {
    if (observed.plan().isEmpty()) {
      return wanted;
    }
    var before = observed.plan().get().serving();
    if (before.equals(wanted.serving())) {
      return wanted;
    }
    var serving = wanted.serving();
    return new StoredPlan(
        new ServingPlan(
            serving.version(),
            before.sequence() + 1,
            serving.service(),
            serving.token(),
            serving.seed(),
            serving.seedAddress(),
            serving.lookEvery(),
            serving.models()),
        wanted.record(),
        wanted.resourceVersion());
  }
}
