package io.modelservice.operator.apply;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.modelservice.operator.plan.Plan;
import io.modelservice.operator.render.ResolveJob;

/** Keeps the Job that checks a model, for as long as its verdict is not in the plan. */
final class ResolveJobs {
  private ResolveJobs() {}

  static void keep(ServiceObjects objects, Plan plan) {
    var wanted = plan.resolveJob();
    objects.cached(Job.class).stream()
        .filter(job -> wanted.filter(job.getMetadata().getName()::equals).isEmpty())
        .forEach(objects::delete);
    if (wanted.isPresent() && objects.cached(Job.class, wanted.get()).isEmpty()) {
      var stable = plan.stored().serving().stable().orElseThrow();
      objects.create(
          Job.class, ResolveJob.render(objects.service(), wanted.get(), stable, plan.template()));
    }
  }
}
