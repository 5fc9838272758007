package io.modelservice.operator.report;

import io.modelservice.crds.contract.Reason;

/**
 * Something that keeps a service from being as the spec wants it.
 *
 * @param evidence where it was seen and what was said there, one sentence
 */
public record Trouble(Reason reason, String evidence) {

  /** Evidence and next action, as users read it in a condition. */
  String message() {
    return evidence + " — " + reason.sentence();
  }
}
