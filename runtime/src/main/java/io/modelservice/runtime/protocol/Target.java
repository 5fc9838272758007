package io.modelservice.runtime.protocol;

import io.modelservice.runtime.tensor.Signature;
import java.util.List;

/**
 * Who answers a request.
 *
 * @param model the name in the protocol
 * @param version the revision
 * @param labels of the model's classes; empty if it has none
 */
public record Target(String model, String version, Signature signature, List<String> labels) {}
