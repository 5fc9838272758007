package io.modelservice.operator.plan;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/**
 * A rendered pod template with the fields it was rendered from. It is stored once and applied from
 * there, so that an operator of another version never replaces a pod by itself.
 *
 * @param name of the ControllerRevision that holds it
 * @param number grows with each new template of the service
 */
public record Template(String name, long number, TemplateInputs inputs, PodTemplateSpec pod) {}
