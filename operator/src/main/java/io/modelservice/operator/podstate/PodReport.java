package io.modelservice.operator.podstate;

import io.modelservice.crds.contract.PodState;
import java.time.Instant;
import java.util.Optional;

/**
 * What the management port of a pod said last.
 *
 * @param state the last state it gave
 * @param silentSince since when it has not answered; empty while it answers
 */
public record PodReport(Optional<PodState> state, Optional<Instant> silentSince) {

  static PodReport of(PodState state) {
    return new PodReport(Optional.of(state), Optional.empty());
  }

  /** The same report after a failed attempt. */
  PodReport silent(Instant now) {
    return new PodReport(state, Optional.of(silentSince.orElse(now)));
  }
}
