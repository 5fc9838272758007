package io.modelservice.runtime.openapi;

import io.modelservice.crds.Task;
import io.modelservice.runtime.tensor.Signature;
import java.util.Optional;

/**
 * What the document is about.
 *
 * @param name of the model in the protocol
 * @param revision that answers
 * @param task that the model does
 */
public record DescribedModel(
    String name, String revision, Signature signature, Optional<Task> task) {}
