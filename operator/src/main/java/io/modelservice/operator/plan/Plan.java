package io.modelservice.operator.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * What should be true of one service.
 *
 * @param stored content of the plan ConfigMap
 * @param template of all its pods
 * @param replicas wanted pods
 * @param surge how pods are replaced
 * @param resolveJob the Job that checks the model; empty where none should be there
 * @param deadline when to look again although nothing has happened
 */
public record Plan(
    StoredPlan stored,
    Template template,
    int replicas,
    Surge surge,
    Optional<String> resolveJob,
    Optional<Instant> deadline) {

  /** Pods that may be there now. */
  public int replicasNow() {
    return holdsPodsBack() ? 0 : replicas;
  }

  /** Whether no pod may be made until its model is known. */
  public boolean holdsPodsBack() {
    return stored.record().holdsPodsBack();
  }
}
