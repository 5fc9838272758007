package io.modelservice.crds;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * One statement about a service, as in Kubernetes' metav1.Condition.
 *
 * @param lastTransitionTime RFC 3339 in whole seconds; changes only when {@code status} flips
 */
@JsonInclude(NON_NULL)
public record Condition(
    @Required @Size(min = 1, max = 64) String type,
    @Required @Size(min = 1, max = 8) String status,
    @Required @Size(min = 1, max = 64) String reason,
    @Required @Size(max = 2048) String message,
    @Nullable Long observedGeneration,
    @Required @Size(max = 32) String lastTransitionTime) {}
