/**
 * A black-box suite for servers of the Open Inference Protocol, version 2: what a server claims to
 * speak, tried from outside. {@link io.modelservice.e2e.conformance.Conformance} is its command.
 */
@NullMarked
package io.modelservice.e2e.conformance;

import org.jspecify.annotations.NullMarked;
