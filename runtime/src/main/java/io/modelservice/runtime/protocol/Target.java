package io.modelservice.runtime.protocol;

import io.modelservice.runtime.tensor.Signature;

/**
 * Who answers a request.
 *
 * @param model the name in the protocol
 * @param version the revision
 */
public record Target(String model, String version, Signature signature) {}
