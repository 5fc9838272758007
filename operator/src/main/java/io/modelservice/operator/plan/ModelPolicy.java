package io.modelservice.operator.plan;

import io.modelservice.crds.ModelService;
import io.modelservice.crds.contract.PodState;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.crds.contract.ServingPlan.Role;
import io.modelservice.crds.contract.SourcePin;
import io.modelservice.operator.observe.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which revisions the pods hold. A new model is loaded beside the stable one and takes its
 * place only when every ready pod has it warm; one that fails is dropped and remembered.
 */
final class ModelPolicy {
  private final Supplier<String> tokens;

  ModelPolicy(Supplier<String> tokens) {
    this.tokens = tokens;
  }

  StoredPlan decide(ModelService service, Observation observed, Template template, Instant now) {
    var asked =
        new Asked(
            WantedModel.of(service.getSpec()),
            Tracking.interval(service.getSpec()),
            service.getMetadata().getUid(),
            generation(service),
            now);
    var models =
        observed
            .plan()
            .map(plan -> Models.of(plan, template))
            .orElseGet(() -> Rebuild.models(service, asked));
    if (!Boolean.TRUE.equals(service.getSpec().suspend())) {
      models = follow(models, asked, observed);
    }
    return store(service, observed, template, models, now);
  }

  /** What the spec asks for. */
  record Asked(
      WantedModel model, Optional<String> lookEvery, String uid, long generation, Instant now) {
    Entry entry(Role role) {
      return new Entry(
          Revisions.name(model, uid, generation), role, model.uri(), null, null, model.settings());
    }

    /** Of content that was found at the URI. */
    Entry candidate(SourcePin content) {
      return new Entry(
          Revisions.name(model, uid, generation, content),
          Role.Candidate,
          model.uri(),
          content,
          null,
          model.settings());
    }

    String time() {
      return PlanRecord.time(now);
    }
  }

  private static Models follow(Models before, Asked asked, Observation observed) {
    var models = before.noticed(observed, asked.time());
    if (asked.model().is(models.stable())) {
      return asked.lookEvery().isPresent()
          ? Tracking.follow(models, asked, observed)
          : models.withoutCandidate();
    }
    if (!models.stableHasServed()) {
      return Models.first(asked.entry(Role.Stable));
    }
    if (models.hasRejected(asked.model())) {
      return models.withoutCandidate();
    }
    var candidate = models.candidate();
    if (candidate == null || !asked.model().is(candidate)) {
      return models.propose(asked.entry(Role.Candidate), asked.time());
    }
    return CandidateTrial.of(observed, candidate, models.candidateSince()).conclude(models, asked);
  }

  private StoredPlan store(
      ModelService service, Observation observed, Template template, Models models, Instant now) {
    var before = observed.plan().map(StoredPlan::serving);
    var entries = entries(models.stable(), models.candidate());
    var seed = Seed.choose(observed, models.seed(), entries, now);
    var serving =
        new ServingPlan(
            ServingPlan.VERSION,
            before.map(ServingPlan::sequence).orElseGet(() -> aboveAll(observed)),
            service.getMetadata().getNamespace() + "/" + service.getMetadata().getName(),
            before.map(ServingPlan::token).orElseGet(tokens),
            seed.map(Seed::pod).orElse(null),
            seed.map(Seed::address).orElse(null),
            Tracking.interval(service.getSpec()).orElse(null),
            entries);
    var record =
        new PlanRecord(
            template.name(),
            models.stableSince(),
            models.candidateSince(),
            observed.plan().map(plan -> plan.record().resolve()).orElse(null),
            models.rejected());
    return new StoredPlan(
        serving, record, observed.plan().map(StoredPlan::resourceVersion).orElse(null));
  }

  /** Pods that outlived a lost plan refuse a sequence below theirs. */
  private static long aboveAll(Observation observed) {
    return 1
        + observed.pods().stream()
            .flatMap(pod -> pod.state().stream())
            .mapToLong(PodState::sequence)
            .max()
            .orElse(0);
  }

  private static List<Entry> entries(Entry stable, @Nullable Entry candidate) {
    return Stream.of(stable, candidate).filter(Objects::nonNull).map(Entry.class::cast).toList();
  }

  private static long generation(ModelService service) {
    return Objects.requireNonNullElse(service.getMetadata().getGeneration(), 1L);
  }
}
