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
 * @param deadline when to look again although nothing has happened
 */
public record Plan(
    StoredPlan stored, Template template, int replicas, Surge surge, Optional<Instant> deadline) {}
